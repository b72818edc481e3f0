package dev.callflow.api.http;

/** The names of request attributes. */
final class RequestAttributes {

  /**
   * Marks a request that the API has answered; the server's error handling must not replace the
   * answer.
   */
  static final String SERVED = "served";

  /** The id of the token that admitted the request, for the access log. */
  static final String TOKEN_ID = "dev.callflow.token_id";

  /** When the headers of the request had arrived. */
  static final String BEGAN = "dev.callflow.began";

  private RequestAttributes() {}
}
