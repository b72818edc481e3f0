package dev.callflow.spring.web;

import dev.callflow.api.page.Pages;
import dev.callflow.spring.InvalidPropertyException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The path below which the API is mounted.
 *
 * @param prefix the path without a slash at its end; empty for the root of the application
 */
record MountPath(String prefix) {

  private static final String VALID = "(/[A-Za-z0-9._~-]+)*";

  static MountPath of(String path) {
    String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (!prefix.matches(VALID)) {
      throw new InvalidPropertyException(
          "callflow.api.path",
          "the path must begin with a slash and consist of letters, digits and '.', '_', '~', '-',"
              + " but is '"
              + path
              + "'");
    }
    return new MountPath(prefix);
  }

  /** Returns the URL pattern for the requests. */
  String requests() {
    return prefix + "/v2/*";
  }

  /** Returns the URL pattern for the WebSockets. */
  String sockets() {
    return prefix + "/websocket";
  }

  /** Returns the URL patterns for the OpenAPI document, its page and the console. */
  String[] pages() {
    return new String[] {prefix + Pages.OPENAPI + "/*", prefix + Pages.CONSOLE + "/*"};
  }

  /** Returns the path below which the API is mounted in a server, with that of the application. */
  String prefixIn(ServletContext application) {
    return application.getContextPath() + prefix;
  }

  /** Returns the path of a request below the mount, which the API knows, still encoded. */
  Optional<String> pathBelow(HttpServletRequest request) {
    String uri = request.getRequestURI();
    String before = prefixIn(request.getServletContext());
    return uri.startsWith(before + "/")
        ? Optional.of(uri.substring(before.length()))
        : Optional.empty();
  }
}
