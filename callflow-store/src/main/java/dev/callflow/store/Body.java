package dev.callflow.store;

import dev.callflow.core.document.Json;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes JSON objects as ASCII, because a document may contain characters that databases reject.
 */
final class Body {

  private static final JsonMapper WRITER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Body() {}

  static String write(ObjectNode body) {
    return WRITER.writeValueAsString(body);
  }

  static ObjectNode read(String text) {
    return Json.readObject(text);
  }
}
