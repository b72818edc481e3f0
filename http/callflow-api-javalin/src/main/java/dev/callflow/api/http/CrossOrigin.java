package dev.callflow.api.http;

import dev.callflow.api.answer.FailureCode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Set;

/**
 * Lets the pages of configured origins send requests (CORS, fetch.spec.whatwg.org). A page sends
 * its token in a header, so credentials that a browser adds by itself, such as cookies, are never
 * allowed.
 */
final class CrossOrigin {

  private static final String METHODS = "GET, HEAD, PUT, POST, PATCH, DELETE";

  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Range,"
          + " X-Auth-Token, X-Request-ID";

  private static final String REPLY_HEADERS =
      "Accept-Ranges, Allow, Content-Disposition, Content-Range, ETag, Retry-After,"
          + " WWW-Authenticate, X-Request-ID";

  private static final String MAX_AGE_SECONDS = "600";

  private final Set<String> origins;
  private final Requests requests;

  CrossOrigin(Set<String> origins, Requests requests) {
    this.origins = origins;
    this.requests = requests;
  }

  void mount(JavalinConfig config, List<String> paths) {
    for (String path : paths) {
      config.routes.before(path, this::allow);
      config.routes.addHttpHandler(HandlerType.OPTIONS, path, this::preflight);
    }
  }

  private void allow(Context context) {
    if (origins.isEmpty()) {
      return;
    }
    context.header("Vary", "Origin");
    String origin = context.header("Origin");
    if (origin != null && origins.contains(origin)) {
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Access-Control-Expose-Headers", REPLY_HEADERS);
    }
  }

  private void preflight(Context context) {
    context.attribute(RequestAttributes.SERVED, true);
    String origin = context.header("Origin");
    if (origin == null || context.header("Access-Control-Request-Method") == null) {
      requests.refuse(
          context, FailureCode.INVALID_METHOD, "OPTIONS is only for the preflights of browsers");
      return;
    }
    if (!origins.contains(origin)) {
      requests.refuse(
          context,
          FailureCode.FORBIDDEN,
          "pages of this origin may not send requests; the option --allow-origin names those that"
              + " may");
      return;
    }
    LimitedConnector.of(context.req()).responseBegins();
    context.header("Access-Control-Allow-Methods", METHODS);
    context.header("Access-Control-Allow-Headers", REQUEST_HEADERS);
    context.header("Access-Control-Max-Age", MAX_AGE_SECONDS);
    context.status(HttpStatus.NO_CONTENT);
  }
}
