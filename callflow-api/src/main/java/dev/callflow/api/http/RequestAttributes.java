package dev.callflow.api.http;

/** Names of attributes of a request. */
final class RequestAttributes {

  /** Marks a request that the API has answered; the server's error handling must not replace it. */
  static final String SERVED = "served";

  private RequestAttributes() {}
}
