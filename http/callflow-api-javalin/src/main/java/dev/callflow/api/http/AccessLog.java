package dev.callflow.api.http;

import dev.callflow.core.time.OneLine;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each request when its response has been sent: at {@code INFO}, by the logger {@code
 * callflow.access}. The query is left out, because it can contain tokens.
 */
final class AccessLog implements RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("callflow.access");
  private static final int MAX_METHOD = 16;
  private static final int MAX_PATH = 500;

  /** Longer than any id. What is longer can be a secret, such as that of a one-time URL. */
  private static final int MAX_SEGMENT = 40;

  private static final int SHOWN = 8;

  private final TrustedProxies proxies;
  private final TimeSource time;

  AccessLog(TrustedProxies proxies, TimeSource time) {
    this.proxies = proxies;
    this.time = time;
  }

  @Override
  public void log(Request request, Response response) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    Object token = request.getAttribute(RequestAttributes.TOKEN_ID);
    LOG.info(
        "{} {} {} {} bytes {} ms client={} token={}",
        cut(OneLine.of(request.getMethod()), MAX_METHOD),
        shown(request.getHttpURI().getPath()),
        response.getStatus(),
        Response.getContentBytesWritten(response),
        milliseconds(request),
        client(request),
        token == null ? "-" : token);
  }

  /** Returns how long the request took; 0 if Jetty has refused it before it was complete. */
  private long milliseconds(Request request) {
    return request.getAttribute(RequestAttributes.BEGAN) instanceof Instant began
        ? Duration.between(began, time.now()).toMillis()
        : 0;
  }

  private String client(Request request) {
    String host = Client.of(request, proxies).host();
    return host.isEmpty() ? "-" : host;
  }

  /** Returns a path without its long segments, and on one line. */
  static String shown(String path) {
    String segments =
        Stream.of(OneLine.of(path).split("/", -1))
            .map(it -> it.length() > MAX_SEGMENT ? cut(it, SHOWN) : it)
            .collect(Collectors.joining("/"));
    return cut(segments, MAX_PATH);
  }

  private static String cut(String text, int max) {
    return text.length() > max ? text.substring(0, max) + "..." : text;
  }
}
