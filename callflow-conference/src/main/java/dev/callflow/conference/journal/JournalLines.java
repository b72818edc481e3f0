package dev.callflow.conference.journal;

import dev.callflow.core.document.Json;
import java.util.AbstractList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The lines of a journal. They are stored as text, which takes a tenth of the memory that parsed
 * lines would take, and are parsed on each access.
 */
final class JournalLines extends AbstractList<JsonNode> {

  private final List<String> lines;

  JournalLines(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  @Override
  public JsonNode get(int index) {
    return Json.read(lines.get(index));
  }

  @Override
  public int size() {
    return lines.size();
  }
}
