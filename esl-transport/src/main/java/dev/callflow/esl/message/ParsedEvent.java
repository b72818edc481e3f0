package dev.callflow.esl.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON or XML event, which cannot be searched in place and is therefore parsed completely. */
record ParsedEvent(List<Map.Entry<String, String>> headers, String body) {

  ParsedEvent {
    headers = List.copyOf(headers);
  }

  Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * Returns the first value of each name that starts with the prefix, ignoring case. The keys are
   * the names without the prefix.
   */
  Map<String, String> asMap(String prefix) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey();
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        map.putIfAbsent(name.substring(prefix.length()), header.getValue());
      }
    }
    return map;
  }
}
