package dev.callflow.api.http;

import dev.callflow.api.access.Scope;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that a server answers outside of the API, such as its health, at one path.
 *
 * @param path the path, such as {@code /health/live}
 * @param scope the scope that the token of a super admin needs; empty if requests need no token. A
 *     {@linkplain HttpServer#startPages server without an API} knows no tokens and answers everyone
 * @param content what answers {@code GET} and {@code HEAD}; called on the thread of the request,
 *     which it may block
 */
public record HttpPage(String path, Optional<Scope> scope, Supplier<Content> content) {

  /**
   * The answer.
   *
   * @param status the HTTP status
   * @param contentType the media type
   * @param text the body
   */
  public record Content(int status, String contentType, String text) {}

  /** Validates the path, which must begin with a slash and be outside of the API. */
  public HttpPage {
    if (!path.startsWith("/") || path.equals("/") || path.startsWith("/v2/")) {
      throw new IllegalArgumentException(
          "the path of a page must begin with '/' and not be '/' or below '/v2/', but is '"
              + path
              + "'");
    }
  }
}
