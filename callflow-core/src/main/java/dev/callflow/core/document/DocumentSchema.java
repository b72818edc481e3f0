package dev.callflow.core.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A JSON schema that documents are checked against.
 *
 * <p>Immutable. Messages never repeat a document's values: a schema is also applied to PINs.
 */
public final class DocumentSchema {

  private final Schema schema;
  private final ObjectNode source;

  private DocumentSchema(Schema schema, ObjectNode source) {
    this.schema = schema;
    this.source = source;
  }

  /**
   * Loads a schema that lies beside a class.
   *
   * @param name what it is about, for messages
   * @param stream its text, draft 7; null if it was not found. Closed by this method
   * @return the schema
   * @throws IllegalArgumentException if there is no such schema
   */
  public static DocumentSchema load(
      String name, @org.jspecify.annotations.Nullable InputStream stream) {
    if (stream == null) {
      throw new IllegalArgumentException("there is no schema for " + name);
    }
    try (stream) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new DocumentSchema(
          SchemaLoader.builder()
              .schemaJson(new JSONObject(new JSONTokener(text)))
              .draftV7Support()
              .build()
              .load()
              .build(),
          (ObjectNode) Json.read(text));
    } catch (IOException e) {
      throw new UncheckedIOException("the schema for " + name + " cannot be read", e);
    }
  }

  /**
   * Shows the schema, for documentation.
   *
   * @return its text, draft 7; a copy
   */
  public ObjectNode source() {
    return source.deepCopy();
  }

  /**
   * Checks a document.
   *
   * @param document the document, or a part of one
   * @return what is wrong, pointers relative to it; empty if nothing
   */
  public List<Problem> check(ObjectNode document) {
    return violations(document).stream().map(Violation::problem).toList();
  }

  /**
   * Checks a document, and tells which rules it breaks.
   *
   * @param document the document, or a part of one
   * @return the rules, pointers relative to it; empty if none
   */
  public List<Violation> violations(ObjectNode document) {
    List<Violation> violations = new ArrayList<>();
    try {
      schema.validate(new JSONObject(document.toString()));
    } catch (ValidationException e) {
      collect(e, document, violations);
    }
    return List.copyOf(violations);
  }

  /**
   * Repairs harmless slips: texts where booleans or whole numbers are asked for, and that say one.
   *
   * @param document the document; is not changed
   * @return the document, with true types
   */
  public ObjectNode repaired(ObjectNode document) {
    ObjectNode repaired = document.deepCopy();
    for (Violation violation : violations(document)) {
      if (violation.rule().equals("type")) {
        repair(repaired, violation);
      }
    }
    return repaired;
  }

  private static void repair(ObjectNode document, Violation violation) {
    JsonPointer place = violation.pointer();
    JsonNode value = document.at(place);
    String wanted = violation.target().map(JsonNode::asString).orElse("");
    if (isTolerated(wanted, value) && document.at(place.head()) instanceof ObjectNode parent) {
      parent.set(place.last().getMatchingProperty(), Json.read(value.asString()));
    }
  }

  /**
   * Adds the schema's defaults.
   *
   * @param document the document; is not changed
   * @return the document, with what it leaves out
   */
  public ObjectNode withDefaults(ObjectNode document) {
    ObjectNode whole = document.deepCopy();
    addDefaults(source, whole);
    return whole;
  }

  private static void addDefaults(JsonNode schema, ObjectNode document) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode unlessSaid = property.getValue().get("default");
      if (unlessSaid != null && !document.has(property.getKey())) {
        document.set(property.getKey(), unlessSaid.deepCopy());
      }
      if (document.get(property.getKey()) instanceof ObjectNode part) {
        addDefaults(property.getValue(), part);
      }
    }
  }

  private static void collect(
      ValidationException violation, ObjectNode document, List<Violation> violations) {
    if (violation.getCausingExceptions().isEmpty() || "anyOf".equals(violation.getKeyword())) {
      JsonPointer pointer = JsonPointer.compile(violation.getPointerToViolation().substring(1));
      JSONObject rules = new JSONObject(violation.getViolatedSchema().toString());
      String rule = String.valueOf(violation.getKeyword());
      violations.add(
          new Violation(
              pointer,
              rule,
              target(violation, rules, rule),
              message(violation, rules, document.at(pointer))));
    } else {
      violation.getCausingExceptions().forEach(cause -> collect(cause, document, violations));
    }
  }

  private static Optional<JsonNode> target(
      ValidationException violation, JSONObject rules, String rule) {
    return rule.equals("required")
        ? Optional.of(StringNode.valueOf(missing(violation)))
        : Optional.ofNullable(rules.opt(rule))
            .map(target -> Json.read(JSONObject.valueToString(target)));
  }

  private static String message(ValidationException violation, JSONObject rules, JsonNode value) {
    String keyword = String.valueOf(violation.getKeyword());
    return switch (keyword) {
      case "type" -> type(rules, value);
      case "pattern" -> "must match " + rules.optString("pattern");
      case "enum" -> "must be one of " + choices(rules);
      case "minLength" -> "must have at least " + rules.optInt("minLength") + " characters";
      case "maxLength" -> "must have at most " + rules.optInt("maxLength") + " characters";
      case "minimum" -> "must be at least " + rules.optNumber("minimum");
      case "maximum" -> "must be at most " + rules.optNumber("maximum");
      case "minItems" -> "must have at least " + rules.optInt("minItems") + " entries";
      case "maxItems" -> "must have at most " + rules.optInt("maxItems") + " entries";
      case "uniqueItems" -> "must not have the same entry twice";
      case "required" -> "lacks a key: " + missing(violation);
      case "anyOf" -> "must be " + rules.optString("description", "of another type");
      default -> "breaks the rule " + keyword;
    };
  }

  private static String choices(JSONObject rules) {
    return String.join(
        ", ", rules.getJSONArray("enum").toList().stream().map(String::valueOf).sorted().toList());
  }

  /** Only the name of a key stands in that message, never a value. */
  private static String missing(ValidationException violation) {
    String message = violation.getErrorMessage();
    int from = message.indexOf('[');
    int to = message.indexOf(']');
    return from >= 0 && to > from ? message.substring(from + 1, to) : "see the schema";
  }

  private static String type(JSONObject rules, JsonNode value) {
    String wanted = rules.optString("type", "another type");
    return isTolerated(wanted, value)
        ? "is a text where a " + wanted + " is expected; taken as one"
        : "must be of type " + wanted;
  }

  private static boolean isTolerated(String wanted, JsonNode value) {
    return value.isString()
        && (wanted.equals("boolean") && value.asString().matches("true|false")
            || wanted.equals("integer") && value.asString().matches("-?(0|[1-9]\\d{0,8})"));
  }
}
