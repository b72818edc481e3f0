package dev.callflow.core.document;

import dev.callflow.core.document.format.SchemaFormats;
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
import org.everit.json.schema.regexp.RE2JRegexpFactory;
import org.json.JSONObject;
import org.json.JSONTokener;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A JSON schema for documents.
 *
 * <p>Immutable. Messages never contain values from a document, because they may be PINs.
 */
public final class DocumentSchema {

  private final Schema schema;
  private final ObjectNode source;

  private DocumentSchema(Schema schema, ObjectNode source) {
    this.schema = schema;
    this.source = source;
  }

  /**
   * Loads a schema from a class path resource. All formats of draft 7 are checked except {@code
   * uri-template} and those for international characters ({@code idn-email}, {@code iri} …).
   *
   * @param name the name of the schema, for messages
   * @param stream the schema (JSON Schema, draft 7), which this method closes; null if the resource
   *     does not exist
   * @return the schema
   * @throws IllegalArgumentException if the resource does not exist
   */
  public static DocumentSchema load(
      String name, @org.jspecify.annotations.Nullable InputStream stream) {
    if (stream == null) {
      throw new IllegalArgumentException("there is no schema for " + name);
    }
    try (stream) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      SchemaLoader.SchemaLoaderBuilder loader =
          SchemaLoader.builder()
              .schemaJson(new JSONObject(new JSONTokener(text)))
              .draftV7Support()
              .enableOverrideOfBuiltInFormatValidators()
              // RE2/J matches in linear time, and its $ does not match before a trailing line feed.
              .regexpFactory(new RE2JRegexpFactory());
      SchemaFormats.own().forEach(loader::addFormatValidator);
      return new DocumentSchema(loader.build().load().build(), Json.readObject(text));
    } catch (IOException e) {
      throw new UncheckedIOException("the schema for " + name + " cannot be read", e);
    }
  }

  /**
   * Returns the schema, for documentation.
   *
   * @return a copy of the schema (JSON Schema, draft 7)
   */
  public ObjectNode source() {
    return source.deepCopy();
  }

  /**
   * Checks a document.
   *
   * @param document the document, or a part of one
   * @return the problems, with pointers relative to the given object; empty if there are none
   */
  public List<Problem> check(ObjectNode document) {
    return violations(document).stream().map(Violation::problem).toList();
  }

  /**
   * Checks a document and returns its violations of the schema.
   *
   * @param document the document, or a part of one
   * @return the violations, with pointers relative to the given object; empty if there are none
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
   * Corrects harmless mistakes: converts strings to the booleans and integers that they represent,
   * where the schema requires these types.
   *
   * @param document the document; not changed
   * @return a copy with the correct types
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
    String expected = violation.target().map(JsonNode::asString).orElse("");
    if (isTolerated(expected, value) && document.at(place.head()) instanceof ObjectNode parent) {
      parent.set(place.last().getMatchingProperty(), Json.read(value.asString()));
    }
  }

  /**
   * Adds the schema's defaults.
   *
   * @param document the document; not changed
   * @return a copy in which missing properties have their defaults
   */
  public ObjectNode withDefaults(ObjectNode document) {
    ObjectNode complete = document.deepCopy();
    addDefaults(source, complete);
    return complete;
  }

  private static void addDefaults(JsonNode schema, ObjectNode document) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode defaultValue = property.getValue().get("default");
      if (defaultValue != null && !document.has(property.getKey())) {
        document.set(property.getKey(), defaultValue.deepCopy());
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
      case "minLength" -> "must have at least " + count(rules.optInt("minLength"), "character");
      case "maxLength" -> "must have at most " + count(rules.optInt("maxLength"), "character");
      case "minimum" -> "must be at least " + rules.optNumber("minimum");
      case "maximum" -> "must be at most " + rules.optNumber("maximum");
      case "minItems" -> "must have at least " + count(rules.optInt("minItems"), "item");
      case "maxItems" -> "must have at most " + count(rules.optInt("maxItems"), "item");
      case "uniqueItems" -> "must not contain the same item twice";
      case "required" -> "missing required property \"" + missing(violation) + "\"";
      case "anyOf" -> "must be " + rules.optString("description", "of a different type");
      default -> "violates the rule " + keyword;
    };
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String choices(JSONObject rules) {
    return String.join(
        ", ", rules.getJSONArray("enum").toList().stream().map(String::valueOf).sorted().toList());
  }

  /**
   * Returns the name of a missing property, which the validator's message contains in brackets. The
   * brackets never contain a value.
   */
  private static String missing(ValidationException violation) {
    String message = violation.getErrorMessage();
    int from = message.indexOf('[');
    int to = message.indexOf(']');
    return from >= 0 && to > from ? message.substring(from + 1, to) : "see the schema";
  }

  private static String type(JSONObject rules, JsonNode value) {
    String expected = rules.optString("type", "a different type");
    if (!isTolerated(expected, value)) {
      return "must be of type " + expected;
    }
    String type = (expected.equals("integer") ? "an " : "a ") + expected;
    return "is a string, but must be " + type + "; treated as " + type;
  }

  private static boolean isTolerated(String expected, JsonNode value) {
    return value.isString()
        && (expected.equals("boolean") && value.asString().matches("true|false")
            || expected.equals("integer") && value.asString().matches("-?(0|[1-9]\\d{0,8})"));
  }
}
