package dev.callflow.cli.lint;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** The lines of a JSON text on which its values begin. */
public final class LineNumbers {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Map<JsonPointer, Integer> lines;

  private LineNumbers(Map<JsonPointer, Integer> lines) {
    this.lines = lines;
  }

  /**
   * Finds the lines of all values of a JSON text.
   *
   * @param text the text; if it is not valid JSON, only its valid beginning counts, and the root is
   *     on the line of the mistake
   * @return the lines
   */
  public static LineNumbers of(String text) {
    Map<JsonPointer, Integer> lines = new HashMap<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        // The key of a property counts, not its value.
        lines.putIfAbsent(
            parser.streamReadContext().pathAsPointer(), parser.currentTokenLocation().getLineNr());
      }
    } catch (JacksonException e) {
      lines.put(JsonPointer.empty(), e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    }
    return new LineNumbers(lines);
  }

  /**
   * Returns the line of a place.
   *
   * @param place the place
   * @return its line, from 1; if there is no such place, the line of the object or list that lacks
   *     it
   */
  public int of(JsonPointer place) {
    JsonPointer at = place;
    while (at != null && !at.matches()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      at = at.head();
    }
    return Math.max(1, lines.getOrDefault(JsonPointer.empty(), 1));
  }
}
