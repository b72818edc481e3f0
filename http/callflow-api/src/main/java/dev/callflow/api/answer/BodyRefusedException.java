package dev.callflow.api.answer;

import java.io.IOException;

/** Ends the reading of a body that exceeds a limit of the server. */
public final class BodyRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final String reason;

  /**
   * Creates an exception.
   *
   * @param code the failure to answer with
   * @param reason the explanation in English, without secrets
   */
  public BodyRefusedException(FailureCode code, String reason) {
    super(reason);
    this.code = code;
    this.reason = reason;
  }

  /**
   * Returns the answer to the request.
   *
   * @return the refusal
   */
  public Answer answer() {
    return Answer.refused(code, reason);
  }
}
