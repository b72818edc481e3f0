package dev.callflow.api.document;

import dev.callflow.api.route.ParameterRule;
import dev.callflow.api.route.Parameters;
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

  /** Adds the parameters of the filters. */
  static Parameters addTo(Parameters parameters) {
    return parameters
        .with("has_key", ParameterRule.NOT_EMPTY)
        .with("key_missing", ParameterRule.NOT_EMPTY)
        .with("has_value", ParameterRule.NOT_EMPTY)
        .with("missing_value", ParameterRule.NOT_EMPTY)
        .with("created_from", ParameterRule.SECONDS)
        .with("created_to", ParameterRule.SECONDS)
        .with("modified_from", ParameterRule.SECONDS)
        .with("modified_to", ParameterRule.SECONDS)
        .with("filter_*", ParameterRule.TEXT);
  }

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
      case "created_from" -> Optional.of(it -> gregorian(it.created()) >= Long.parseLong(value));
      case "created_to" -> Optional.of(it -> gregorian(it.created()) <= Long.parseLong(value));
      case "modified_from" -> Optional.of(it -> gregorian(it.modified()) >= Long.parseLong(value));
      case "modified_to" -> Optional.of(it -> gregorian(it.modified()) <= Long.parseLong(value));
      case String key when key.startsWith("filter_not_") ->
          Optional.of(it -> !isOrHolds(at(it, key.substring("filter_not_".length())), value));
      case String key when key.startsWith("filter_") ->
          Optional.of(it -> isOrHolds(at(it, key.substring("filter_".length())), value));
      case String other -> Optional.empty();
    };
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
