package dev.callflow.api.route;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The envelope in a request body (docs/spec/api.md).
 *
 * @param top the whole body; an empty object if the request has no body
 */
public record Envelope(ObjectNode top) {

  /** The result of reading a body. */
  public sealed interface Opened {

    /**
     * The body is a valid envelope or is empty.
     *
     * @param envelope the envelope
     */
    record Good(Envelope envelope) implements Opened {}

    /**
     * The body is not a valid envelope.
     *
     * @param reason what is wrong, without the body's text
     */
    record Bad(String reason) implements Opened {}
  }

  /**
   * Reads a body.
   *
   * @param body the body; blank if there is none
   * @return the envelope, or what is wrong
   */
  public static Opened open(String body) {
    if (body.isBlank()) {
      return new Opened.Good(new Envelope(Json.object()));
    }
    try {
      if (!(Json.read(body) instanceof ObjectNode top)) {
        return new Opened.Bad("the body must be a JSON object");
      }
      Optional<Problem> unusable = Json.unusable(top);
      if (unusable.isPresent()) {
        return new Opened.Bad(unusable.get().toString());
      }
      JsonNode data = top.get("data");
      return data != null && !data.isObject() && !data.isArray()
          ? new Opened.Bad("\"data\" must be an object or a list")
          : new Opened.Good(new Envelope(top));
    } catch (JacksonException e) {
      return new Opened.Bad("the body cannot be parsed as JSON: " + Json.where(e));
    }
  }

  /**
   * Returns whether the body has data.
   *
   * @return whether {@code data} is there
   */
  public boolean hasData() {
    return top.has("data");
  }

  /**
   * Returns the data.
   *
   * @return the data; an empty object if the data is absent or is a list
   */
  public ObjectNode data() {
    return Json.object(top, "data").orElseGet(Json::object);
  }

  /**
   * Returns the verb that overrides the HTTP method, for clients whose proxies block some methods.
   *
   * @return the verb; empty if there is none
   */
  public Optional<String> verb() {
    return Json.text(top, "verb");
  }

  /**
   * Returns the action, which may be at the top level or in the data.
   *
   * @return the action's name; empty if there is none
   */
  public Optional<String> action() {
    return Json.text(top, "action").or(() -> Json.text(data(), "action"));
  }

  /**
   * Returns the arguments of the action: the data, without the action's own name.
   *
   * @return a copy of the arguments
   */
  public ObjectNode actionData() {
    ObjectNode data = data().deepCopy();
    if (!top.has("action")) {
      data.remove("action");
    }
    return data;
  }
}
