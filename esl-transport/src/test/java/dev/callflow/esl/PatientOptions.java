package dev.callflow.esl;

import dev.callflow.waiting.Eventually;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * Options for tests over real sockets. No deadline expires before {@link Eventually} gives up, so
 * that a slow machine changes no result.
 */
final class PatientOptions {

  private static final Duration LONG = Eventually.LIMIT;

  private PatientOptions() {}

  static EslClientOptions.Builder client(SocketAddress server) {
    return EslClientOptions.builder(server)
        .password("secret")
        .connectTimeout(LONG)
        .commandTimeout(LONG)
        .idleTimeout(LONG)
        .maxReadPause(LONG);
  }

  /** Listens on a free port. */
  static EslServerOptions.Builder server() {
    return server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * The claim timeout keeps its default of two seconds: connections that are refused have waited
   * for so long.
   */
  static EslServerOptions.Builder server(SocketAddress address) {
    return EslServerOptions.builder(address)
        .handshakeTimeout(LONG)
        .answerTimeout(LONG)
        .idleTimeout(LONG)
        .maxReadPause(LONG);
  }
}
