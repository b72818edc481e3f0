package dev.callflow.conference.kazoo;

import tools.jackson.databind.JsonNode;

/** The answer to an operator's request (spec 6). */
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
   * @param reason why
   * @param data what is wrong: for validation errors an object by dotted path and rule
   */
  record Refused(Reason reason, JsonNode data) implements ControlReply {}

  /** Why an operator is refused. */
  enum Reason {
    /** There is no such conference or participant. */
    BAD_IDENTIFIER("bad_identifier"),
    /** There is no such action, or it is not possible now. */
    FAULTY_REQUEST("faulty_request"),
    /** The data of the action break rules. */
    VALIDATION_ERROR("validation_error");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /**
     * Returns Kazoo's word for it.
     *
     * @return for instance {@code bad_identifier}
     */
    public String code() {
      return code;
    }
  }

  /**
   * It was not carried out, or it is unknown whether it was.
   *
   * @param why without secrets
   */
  record Unknown(String why) implements ControlReply {}
}
