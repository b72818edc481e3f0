package dev.callflow.core.document;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses JSON, and reads values from documents with the leniency that the specification requires.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private Json() {}

  /**
   * Parses JSON.
   *
   * @param text the JSON
   * @return the value
   * @throws JacksonException if the string is not valid JSON, or an object has the same key twice;
   *     {@link #where} returns the position
   */
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * Parses a JSON object.
   *
   * @param text the JSON
   * @return the object
   * @throws JacksonException as {@link #read} does
   * @throws IllegalArgumentException if the value is not an object
   */
  public static ObjectNode readObject(String text) {
    JsonNode value = read(text);
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(
        "the JSON must be an object, but is of type " + value.getNodeType());
  }

  /**
   * Returns the position at which JSON is invalid. Use this instead of the parser's message, which
   * may quote the JSON, including PINs.
   *
   * @param error the exception that {@link #read} threw
   * @return the position, for instance {@code line 3, column 12}
   */
  public static String where(JacksonException error) {
    TokenStreamLocation location = error.getLocation();
    return location == null
        ? "nested too deeply"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /**
   * Finds a value that neither databases nor FreeSWITCH can represent: a key or string with an
   * unpaired surrogate, or a number beyond the range of a double.
   *
   * @param value parsed JSON
   * @return the problem with the first such value in the JSON; empty if there is none
   */
  public static Optional<Problem> unusable(JsonNode value) {
    // A pointer is made only for a problem: to make one for each value of a large document would
    // take longer than to parse it.
    if (value.isString() && !isUnicode(value.asString())) {
      return problem("must not contain an unpaired surrogate");
    }
    if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
      return problem("must be a number between -1.8e308 and 1.8e308");
    }
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      String key = property.getKey();
      if (!isUnicode(key)) {
        return problem("must not have a key with an unpaired surrogate");
      }
      Optional<Problem> found = unusable(property.getValue());
      if (found.isPresent()) {
        return found.map(it -> it.under(JsonPointer.empty().appendProperty(key)));
      }
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      Optional<Problem> found = unusable(value.get(i));
      if (found.isPresent()) {
        JsonPointer place = JsonPointer.empty().appendIndex(i);
        return found.map(it -> it.under(place));
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> problem(String message) {
    return Optional.of(new Problem(JsonPointer.empty(), message));
  }

  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(it -> Character.getType(it) == Character.SURROGATE);
  }

  /**
   * Creates an empty object.
   *
   * @return the object
   */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Reads a non-empty string.
   *
   * @param object the object that contains it
   * @param key the key
   * @return the string; empty if the value is missing, of another type, or empty
   */
  public static Optional<String> text(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .filter(text -> !text.isEmpty());
  }

  /**
   * Reads a boolean, or one of the strings {@code "true"} and {@code "false"}.
   *
   * @param object the object that contains it
   * @param key the key
   * @return the boolean; empty if the value is missing or is none of these
   */
  public static Optional<Boolean> bool(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key)).flatMap(Json::bool);
  }

  private static Optional<Boolean> bool(JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue());
    }
    return switch (value.isString() ? value.asString() : "") {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * Reads an integer, or a string that represents one.
   *
   * @param object the object that contains it
   * @param key the key
   * @return the integer; empty if the value is missing or is neither
   */
  public static Optional<Integer> integer(JsonNode object, String key) {
    JsonNode value = object.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return Optional.of(value.intValue());
    }
    return value.isString() && value.asString().matches("-?\\d{1,9}")
        ? Optional.of(Integer.parseInt(value.asString()))
        : Optional.empty();
  }

  /**
   * Reads an object.
   *
   * @param object the object that contains it
   * @param key the key
   * @return the inner object; empty if the value is missing or is not an object
   */
  public static Optional<ObjectNode> object(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key))
        .filter(JsonNode::isObject)
        .map(value -> (ObjectNode) value);
  }
}
