package dev.callflow.api;

import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands in the body of a request (docs/spec/api.md).
 *
 * @param top the whole body; empty if there is none
 */
record Envelope(ObjectNode top) {

  /** A body that was read. */
  sealed interface Opened {

    /** It is an envelope, or there is none. */
    record Good(Envelope envelope) implements Opened {}

    /** It is none. */
    record Bad(String why) implements Opened {}
  }

  static Opened open(String body) {
    if (body.isBlank()) {
      return new Opened.Good(new Envelope(Json.object()));
    }
    try {
      if (!(Json.read(body) instanceof ObjectNode top)) {
        return new Opened.Bad("the body must be an object");
      }
      JsonNode data = top.get("data");
      return data != null && !data.isObject() && !data.isArray()
          ? new Opened.Bad("data must be an object or a list")
          : new Opened.Good(new Envelope(top));
    } catch (JacksonException e) {
      return new Opened.Bad("the body is no JSON, " + Json.where(e));
    }
  }

  boolean hasData() {
    return top.has("data");
  }

  boolean isEmpty() {
    return top.isEmpty();
  }

  /** The data; an empty object if there is none, or it is a list. */
  ObjectNode data() {
    return Json.object(top, "data").orElseGet(Json::object);
  }

  /** By which another verb is sent through what only lets some pass. */
  Optional<String> verb() {
    return Json.text(top, "verb");
  }

  /** The action, wherever it stands. */
  Optional<String> action() {
    return Json.text(top, "action").or(() -> Json.text(data(), "action"));
  }

  /** What goes with the action: the data without the action itself, where that stands in it. */
  ObjectNode actionData() {
    ObjectNode data = data().deepCopy();
    if (!top.has("action")) {
      data.remove("action");
    }
    return data;
  }
}
