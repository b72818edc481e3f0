package dev.callflow.api.answer;

/** Why a request is refused, in the words and with the codes of Kazoo (docs/spec/api.md). */
public enum FailureCode {
  /** The body is no envelope. */
  INVALID_ENVELOPE(400, "invalid request envelope"),
  /** A document, or the data of an action, breaks rules. */
  VALIDATION(400, "validation error"),
  /** No token, or an unknown one. */
  INVALID_CREDENTIALS(401, "invalid_credentials"),
  /** The token is not for this account. */
  FORBIDDEN(403, "forbidden"),
  /** There is nothing of that id. */
  BAD_IDENTIFIER(404, "bad_identifier"),
  /** There is no such action, or it is not possible now. */
  FAULTY_REQUEST(404, "faulty_request"),
  /** The path does not know that verb. */
  INVALID_METHOD(405, "invalid_method"),
  /** Somebody else has changed the document meanwhile. */
  CONFLICT(409, "datastore_conflict"),
  /** The body is too large. */
  TOO_LARGE(413, "request_too_large"),
  /** Too many requests with this token. */
  TOO_MANY_REQUESTS(429, "too_many_requests"),
  /** We have failed. */
  INTERNAL(500, "internal_error"),
  /** What it needs is not configured here. */
  NOT_IMPLEMENTED(501, "not_implemented"),
  /** Too much waits already. */
  OVERLOADED(503, "overloaded"),
  /** The store or the switch does not answer, and nobody knows whether it was done. */
  UNAVAILABLE(503, "datastore_unreachable");

  private final int status;
  private final String message;

  FailureCode(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /**
   * Returns the code.
   *
   * @return the status of HTTP
   */
  public int status() {
    return status;
  }

  /**
   * Returns the name.
   *
   * @return what stands in {@code message}
   */
  public String message() {
    return message;
  }
}
