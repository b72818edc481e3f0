package dev.callflow.api.answer;

/** The reasons for refusing a request, with Kazoo's names and status codes (docs/spec/api.md). */
public enum FailureCode {
  /** The body is not a valid envelope. */
  INVALID_ENVELOPE(400, "invalid request envelope"),
  /** A document or the data of an action is invalid. */
  VALIDATION(400, "validation error"),
  /** The token is missing or unknown. */
  INVALID_CREDENTIALS(401, "invalid_credentials"),
  /** The token does not give access to this account. */
  FORBIDDEN(403, "forbidden"),
  /** The account has reached the limit for its documents. */
  QUOTA_EXCEEDED(403, "quota_exceeded"),
  /** Nothing with this id exists. */
  BAD_IDENTIFIER(404, "bad_identifier"),
  /** The action is unknown or not possible at the moment. */
  FAULTY_REQUEST(404, "faulty_request"),
  /** The path does not support the verb. */
  INVALID_METHOD(405, "invalid_method"),
  /** The body has not arrived in time. */
  REQUEST_TIMEOUT(408, "request_timeout"),
  /** Another request has changed the document in the meantime. */
  CONFLICT(409, "datastore_conflict"),
  /** The file of a recording or media document cannot be reached. */
  FILE_UNREACHABLE(409, "file_unreachable"),
  /** The body or the document is too large. */
  TOO_LARGE(413, "request_too_large"),
  /** The file does not have the requested part. */
  RANGE_NOT_SATISFIABLE(416, "range_not_satisfiable"),
  /** A limit of the token, the account or the address is exceeded. */
  TOO_MANY_REQUESTS(429, "too_many_requests"),
  /** An unexpected error occurred. */
  INTERNAL(500, "internal_error"),
  /** The request requires a feature that is not configured. */
  NOT_IMPLEMENTED(501, "not_implemented"),
  /** The server as a whole has too many requests of this kind. */
  OVERLOADED(503, "overloaded"),
  /** The store or FreeSWITCH does not respond; the request may or may not have been performed. */
  UNAVAILABLE(503, "datastore_unreachable"),
  /** The disk of the store is full, so the document was not changed. */
  FULL(507, "datastore_full");

  private final int status;
  private final String message;

  FailureCode(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /**
   * Returns the HTTP status.
   *
   * @return the HTTP status
   */
  public int status() {
    return status;
  }

  /**
   * Returns Kazoo's name for the failure.
   *
   * @return the {@code message} of the envelope
   */
  public String message() {
    return message;
  }
}
