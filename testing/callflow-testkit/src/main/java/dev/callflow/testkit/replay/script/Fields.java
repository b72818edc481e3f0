package dev.callflow.testkit.replay.script;

import dev.callflow.core.document.Problem;
import dev.callflow.testkit.replay.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the keys of one object of a case file. Reports each invalid value, and each key that was
 * not read, as a problem.
 */
final class Fields {

  private final ObjectNode node;
  private final JsonPointer at;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(ObjectNode node, JsonPointer at, List<Problem> problems) {
    this.node = node;
    this.at = at;
    this.problems = problems;
  }

  ObjectNode node() {
    return node;
  }

  /** Returns the JSON pointer of the object. */
  String place() {
    return at.toString();
  }

  void problem(String message) {
    problems.add(new Problem(at, message));
  }

  void problem(String key, String message) {
    problems.add(new Problem(at.appendProperty(key), message));
  }

  boolean has(String key) {
    known.add(key);
    return node.has(key);
  }

  Optional<JsonNode> any(String key) {
    known.add(key);
    return Optional.ofNullable(node.get(key));
  }

  private Optional<JsonNode> of(String key, String kind, boolean fits) {
    Optional<JsonNode> found = any(key);
    if (found.isPresent() && !fits) {
      problem(key, "must be " + kind);
      return Optional.empty();
    }
    return found;
  }

  Optional<String> text(String key) {
    return of(key, "a string", node.path(key).isString()).map(JsonNode::stringValue);
  }

  String required(String key) {
    if (!has(key)) {
      problem(key, "is missing");
    }
    return text(key).orElse("");
  }

  Optional<Boolean> bool(String key) {
    return of(key, "true or false", node.path(key).isBoolean()).map(JsonNode::booleanValue);
  }

  /** Reads a key whose only permitted value is true. */
  boolean flag(String key) {
    Optional<Boolean> found = bool(key);
    if (found.isPresent() && !found.get()) {
      problem(key, "must be true or absent");
    }
    return found.orElse(false);
  }

  Optional<Duration> duration(String key) {
    Optional<String> text = text(key);
    Optional<Duration> duration = text.flatMap(Durations::parse);
    if (text.isPresent() && duration.isEmpty()) {
      problem(key, Durations.FORM);
    }
    return duration;
  }

  Duration requiredDuration(String key) {
    if (!has(key)) {
      problem(key, "is missing");
    }
    return duration(key).orElse(Duration.ZERO);
  }

  /** Reads an object with known keys. */
  Optional<Fields> object(String key) {
    return of(key, "an object", node.path(key).isObject())
        .map(found -> new Fields((ObjectNode) found, at.appendProperty(key), problems));
  }

  /** Reads an object whose keys are names and whose values are objects. */
  void objects(String key, BiConsumer<String, Fields> each) {
    object(key)
        .ifPresent(fields ->
            fields
                .node
                .propertyNames()
                .forEach(name -> fields.object(name).ifPresent(of -> each.accept(name, of))));
  }

  /** Reads an object whose keys are names and whose values are durations. */
  Map<String, Duration> durations(String key) {
    Map<String, Duration> all = new LinkedHashMap<>();
    object(key)
        .ifPresent(fields ->
            fields
                .node
                .propertyNames()
                .forEach(name -> fields.duration(name).ifPresent(length -> all.put(name, length))));
    return all;
  }

  /** Reads an array of objects. */
  List<Fields> list(String key) {
    List<Fields> all = new ArrayList<>();
    JsonPointer array = at.appendProperty(key);
    int index = 0;
    for (JsonNode item : items(key)) {
      JsonPointer place = array.appendIndex(index);
      index++;
      if (item.isObject()) {
        all.add(new Fields((ObjectNode) item, place, problems));
      } else {
        problems.add(new Problem(place, "must be an object"));
      }
    }
    return all;
  }

  /** Reads an array of strings. */
  List<String> texts(String key) {
    List<String> all = new ArrayList<>();
    JsonPointer array = at.appendProperty(key);
    int index = 0;
    for (JsonNode item : items(key)) {
      if (item.isString()) {
        all.add(item.stringValue());
      } else {
        problems.add(new Problem(array.appendIndex(index), "must be a string"));
      }
      index++;
    }
    return all;
  }

  Iterable<JsonNode> items(String key) {
    return of(key, "an array", node.path(key).isArray()).isPresent() ? node.path(key) : List.of();
  }

  /** Reports the keys that were not read. */
  void end() {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        problem(name, "is not a known key here; known keys are " + String.join(", ", known));
      }
    }
  }
}
