package dev.callflow.api.http;

/** Names of what is noted with a request. */
final class RequestAttributes {

  /** The answer is ours already: the server's own handling of errors leaves it alone. */
  static final String SERVED = "served";

  private RequestAttributes() {}
}
