package dev.callflow.conference.kazoo;

import tools.jackson.databind.JsonNode;

/** What an operator is answered (spec 6). */
public sealed interface ControlReply {

  /**
   * It was done, or there was nothing to do.
   *
   * @param data what is answered, for instance the text {@code ok}
   */
  record Ok(JsonNode data) implements ControlReply {}

  /**
   * It was refused.
   *
   * @param code {@code bad_identifier}, {@code faulty_request} or {@code validation_error}
   * @param data what is wrong: for validation errors an object by dotted path and rule
   */
  record Refused(String code, JsonNode data) implements ControlReply {}

  /**
   * It was not carried out, or nobody knows whether it was.
   *
   * @param why without secrets
   */
  record Unknown(String why) implements ControlReply {}
}
