package dev.callflow.api.document;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoredDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Turns the query parameters of a list request into a filter for documents
 * (docs/spec/api.md#documents).
 */
final class Filters {

  /** The number of seconds from the start of the year 0, when Kazoo's timestamps begin, to 1970. */
  static final long GREGORIAN = 62_167_219_200L;

  private Filters() {}

  static Predicate<StoredDocument> of(Map<String, String> query) {
    List<Predicate<StoredDocument>> filters = new ArrayList<>();
    query.forEach((name, value) -> of(name, value).ifPresent(filters::add));
    return document -> filters.stream().allMatch(filter -> filter.test(document));
  }

  private static Optional<Predicate<StoredDocument>> of(String name, String value) {
    return switch (name) {
      case "has_key" -> Optional.of(it -> !at(it, value).isMissingNode());
      case "key_missing" -> Optional.of(it -> at(it, value).isMissingNode());
      case "has_value" -> Optional.of(it -> !isEmpty(at(it, value)));
      case "missing_value" -> Optional.of(it -> isEmpty(at(it, value)));
      case "created_from" -> seconds(value).map(from -> it -> gregorian(it.created()) >= from);
      case "created_to" -> seconds(value).map(to -> it -> gregorian(it.created()) <= to);
      case "modified_from" -> seconds(value).map(from -> it -> gregorian(it.modified()) >= from);
      case "modified_to" -> seconds(value).map(to -> it -> gregorian(it.modified()) <= to);
      case String key when key.startsWith("filter_not_") ->
          Optional.of(it -> !isOrHolds(at(it, key.substring("filter_not_".length())), value));
      case String key when key.startsWith("filter_") ->
          Optional.of(it -> isOrHolds(at(it, key.substring("filter_".length())), value));
      case String other -> Optional.empty();
    };
  }

  private static Optional<Long> seconds(String value) {
    return value.matches("\\d{1,15}") ? Optional.of(Long.parseLong(value)) : Optional.empty();
  }

  private static long gregorian(Instant instant) {
    return instant.getEpochSecond() + GREGORIAN;
  }

  /** Returns the value at a dotted key. */
  private static JsonNode at(StoredDocument stored, String key) {
    if (key.equals("id")) {
      return Json.object().put("id", stored.document().id()).path("id");
    }
    JsonNode value = stored.document().body();
    for (String part : key.split("\\.")) {
      value = isPrivate(part) ? MissingNode.getInstance() : value.path(part);
    }
    return value;
  }

  static boolean isPrivate(String key) {
    return key.startsWith("_") || key.startsWith("pvt_");
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || value.isContainer() && value.isEmpty()
        || value.isString() && value.asString().isEmpty();
  }

  private static boolean isOrHolds(JsonNode value, String expected) {
    return value.isArray()
        ? StreamSupport.stream(value.values().spliterator(), false)
            .anyMatch(entry -> isOrHolds(entry, expected))
        : value.isValueNode() && value.asString("").equals(expected);
  }
}
