package dev.callflow.core.module;

import dev.callflow.core.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Finds the strings in a node's data that name media. */
final class NamedMedia {

  private NamedMedia() {}

  static Map<String, String> of(ObjectNode data, String... keys) {
    Map<String, String> strings = new LinkedHashMap<>();
    for (String key : keys) {
      Json.text(data, key).ifPresent(text -> strings.put("/" + key, text));
    }
    return strings;
  }
}
