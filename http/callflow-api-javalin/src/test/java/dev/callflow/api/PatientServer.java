package dev.callflow.api;

import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.HttpServer;
import dev.callflow.waiting.Eventually;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Servers for tests over real sockets. Clients may take as long as {@link Eventually} waits, so
 * that a slow machine changes no result.
 */
final class PatientServer {

  private static final Duration LONG = Eventually.LIMIT;

  /** The standard limits, except those for time. */
  static final SocketLimits SOCKETS =
      SocketLimits.STANDARD
          .slow(SocketLimits.STANDARD.backlog().events(), LONG)
          .authenticating(
              SocketLimits.STANDARD.authentication().maxPending(),
              LONG,
              SocketLimits.STANDARD.authentication().recheck());

  /** The standard options, except those for time. */
  static final HttpOptions HTTP =
      HttpOptions.STANDARD.timing(new HttpOptions.Timing(LONG, LONG, 1, LONG, LONG));

  private PatientServer() {}

  /** Starts a server on a free port of the loopback interface. */
  static HttpServer start(Api api) {
    return start(api, HTTP);
  }

  static HttpServer start(Api api, HttpOptions options) {
    return HttpServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), api, options);
  }
}
