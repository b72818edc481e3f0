package dev.callflow.esl.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses {@code text/event-json}, which may repeat keys and contain invalid UTF-8
 * (docs/spec/event-socket.md#json-events).
 */
final class JsonEvent {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonEvent() {}

  static ParsedEvent read(byte[] bytes) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    String body = "";
    // Decode first: this replaces invalid UTF-8, which the parser would reject.
    try (JsonParser parser =
        FACTORY.createParser(
            tools.jackson.core.ObjectReadContext.empty(),
            new String(bytes, StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new ParsedEvent(headers, body);
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            headers.add(Map.entry(name, parser.getValueAsString("")));
          }
        } else if (value == JsonToken.START_OBJECT) {
          parser.skipChildren();
        } else if (name.equals("_body")) {
          body = parser.getValueAsString("");
        } else {
          headers.add(Map.entry(name, parser.getValueAsString("")));
        }
      }
    } catch (JacksonException e) {
      // A partial event that is marked as malformed is better than a lost one.
      headers.add(Map.entry("Callflow-Malformed", "json"));
    }
    return new ParsedEvent(headers, body);
  }
}
