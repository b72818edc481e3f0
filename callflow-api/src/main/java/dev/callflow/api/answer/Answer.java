package dev.callflow.api.answer;

import dev.callflow.api.event.Following;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a resource answers. */
public sealed interface Answer {

  /**
   * It was done.
   *
   * @param status 200, 201 or 202
   * @param data what stands in {@code data}
   * @param revision the document's revision, if it is one
   * @param page what else stands in the envelope: of lists, where the next page begins
   */
  record Done(int status, JsonNode data, Optional<String> revision, Map<String, JsonNode> page)
      implements Answer {

    /** Copies the keys. */
    public Done {
      page = Map.copyOf(page);
    }
  }

  /**
   * Instead of a body, events are to be sent for as long as the client wants them.
   *
   * @param following which
   */
  record Events(Following following) implements Answer {}

  /**
   * It was refused.
   *
   * @param failure why
   * @param data what stands in {@code data}
   */
  record Refused(Failure failure, JsonNode data) implements Answer {}

  /**
   * Answers with something that was read.
   *
   * @param data what stands in {@code data}
   * @return the answer, 200
   */
  static Answer ok(JsonNode data) {
    return new Done(200, data, Optional.empty(), Map.of());
  }

  /**
   * Answers that an action was taken.
   *
   * @param data what stands in {@code data}
   * @return the answer, 202
   */
  static Answer accepted(JsonNode data) {
    return new Done(202, data, Optional.empty(), Map.of());
  }

  /**
   * Refuses.
   *
   * @param failure why
   * @param message in English, without secrets
   * @return the answer
   */
  static Answer refused(Failure failure, String message) {
    return new Refused(failure, message(message));
  }

  /**
   * Says that there is nothing of an id.
   *
   * @param id the id
   * @return the answer, 404
   */
  static Answer notFound(String id) {
    return new Refused(Failure.BAD_IDENTIFIER, message("bad identifier").put("id", id));
  }

  private static ObjectNode message(String text) {
    return dev.callflow.core.document.Json.object().put("message", text);
  }
}
