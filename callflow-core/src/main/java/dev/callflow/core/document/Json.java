package dev.callflow.core.document;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON texts, and values of documents as leniently as the specification asks for. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private Json() {}

  /**
   * Reads a text.
   *
   * @param text the JSON text
   * @return its value; a key that stands twice in one object is an error
   * @throws JacksonException if it is no JSON; {@link #where} tells where
   */
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * Tells where a text is no JSON. The parser's own message is not for others: it may quote the
   * text, and there may be a PIN in it.
   *
   * @param wrong what {@link #read} has thrown
   * @return for instance {@code line 3, column 12}
   */
  public static String where(JacksonException wrong) {
    TokenStreamLocation location = wrong.getLocation();
    return location == null
        ? "it is nested too deeply"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /**
   * Makes an empty object.
   *
   * @return a new object
   */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Reads a text that is not empty.
   *
   * @param object where to look
   * @param key the key
   * @return the text; empty if it is absent, of another type, or empty
   */
  public static Optional<String> text(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .filter(text -> !text.isEmpty());
  }

  /**
   * Reads a boolean; the texts {@code "true"} and {@code "false"} count as such.
   *
   * @param object where to look
   * @param key the key
   * @return the boolean; empty if it is absent or anything else
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
   * Reads a whole number; a text of digits counts as such.
   *
   * @param object where to look
   * @param key the key
   * @return the number; empty if it is absent or anything else
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
   * @param object where to look
   * @param key the key
   * @return the object; empty if it is absent or anything else
   */
  public static Optional<ObjectNode> object(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key))
        .filter(JsonNode::isObject)
        .map(value -> (ObjectNode) value);
  }
}
