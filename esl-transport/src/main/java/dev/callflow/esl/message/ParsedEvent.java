package dev.callflow.esl.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event that had to be read as a whole, because it was JSON or XML. */
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

  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    headers.forEach(header -> map.putIfAbsent(header.getKey(), header.getValue()));
    return map;
  }
}
