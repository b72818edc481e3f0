package dev.callflow.core.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON schema that documents are checked against.
 *
 * <p>Immutable. Messages never repeat a document's values: a schema is also applied to PINs.
 */
public final class DocumentSchema {

  private final Schema schema;

  private DocumentSchema(Schema schema) {
    this.schema = schema;
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
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException("the schema for " + name + " cannot be read", e);
    }
  }

  /**
   * Checks a document.
   *
   * @param document the document, or a part of one
   * @return what is wrong, pointers relative to it; empty if nothing
   */
  public List<Problem> check(ObjectNode document) {
    List<Problem> problems = new ArrayList<>();
    try {
      schema.validate(new JSONObject(document.toString()));
    } catch (ValidationException e) {
      collect(e, document, problems);
    }
    return List.copyOf(problems);
  }

  private static void collect(
      ValidationException violation, ObjectNode document, List<Problem> problems) {
    if (violation.getCausingExceptions().isEmpty() || "anyOf".equals(violation.getKeyword())) {
      JsonPointer pointer = JsonPointer.compile(violation.getPointerToViolation().substring(1));
      problems.add(new Problem(pointer, message(violation, document.at(pointer))));
    } else {
      violation.getCausingExceptions().forEach(cause -> collect(cause, document, problems));
    }
  }

  private static String message(ValidationException violation, JsonNode value) {
    JSONObject rules = new JSONObject(violation.getViolatedSchema().toString());
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
    boolean tolerated =
        value.isString()
            && (wanted.equals("boolean") && value.asString().matches("true|false")
                || wanted.equals("integer") && value.asString().matches("-?\\d{1,9}"));
    return tolerated
        ? "is a text where a " + wanted + " is expected; taken as one"
        : "must be of type " + wanted;
  }
}
