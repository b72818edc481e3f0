package dev.callflow.api;

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
record Envelope(ObjectNode top) {

  /** The result of reading a body. */
  sealed interface Opened {

    /** The body is a valid envelope or is empty. */
    record Good(Envelope envelope) implements Opened {}

    /** The body is not a valid envelope. */
    record Bad(String reason) implements Opened {}
  }

  static Opened open(String body) {
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

  boolean hasData() {
    return top.has("data");
  }

  boolean isEmpty() {
    return top.isEmpty();
  }

  /** Returns the data, or an empty object if the data is absent or is a list. */
  ObjectNode data() {
    return Json.object(top, "data").orElseGet(Json::object);
  }

  /**
   * Returns the verb that overrides the HTTP method, for clients whose proxies block some methods.
   */
  Optional<String> verb() {
    return Json.text(top, "verb");
  }

  /** Returns the action, which may be at the top level or in the data. */
  Optional<String> action() {
    return Json.text(top, "action").or(() -> Json.text(data(), "action"));
  }

  /** Returns the arguments of the action: the data, without the action's own name. */
  ObjectNode actionData() {
    ObjectNode data = data().deepCopy();
    if (!top.has("action")) {
      data.remove("action");
    }
    return data;
  }
}
