package dev.callflow.conference.kazoo;

import tools.jackson.databind.JsonNode;

/** The reply to an operator's request. */
public sealed interface ControlReply {

  /**
   * The action was performed, or there was nothing to do.
   *
   * @param data the data of the reply, for instance the string {@code ok}
   */
  record Ok(JsonNode data) implements ControlReply {}

  /**
   * The request was refused.
   *
   * @param reason the reason
   * @param data the details; for validation errors, an object that maps the dotted path of each
   *     invalid property to the violated rules
   */
  record Refused(Reason reason, JsonNode data) implements ControlReply {}

  /** The reasons for a refusal. */
  enum Reason {
    /** The conference, participant or media item does not exist. */
    BAD_IDENTIFIER("bad_identifier"),
    /** The action does not exist or is not possible now. */
    FAULTY_REQUEST("faulty_request"),
    /** The account has reached a limit. */
    LIMIT("too_many_requests"),
    /** The data of the action is invalid. */
    VALIDATION_ERROR("validation_error");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /**
     * Returns Kazoo's word for the reason.
     *
     * @return the word, for instance {@code bad_identifier}
     */
    public String code() {
      return code;
    }
  }

  /**
   * The action was not carried out, or it is unknown whether it was.
   *
   * @param why the explanation, without secrets
   */
  record Unknown(String why) implements ControlReply {}
}
