package dev.callflow.simulator.wire.call;

import java.util.List;
import java.util.Locale;

/**
 * How the {@code socket} application hands a call over (docs/spec/event-socket.md#outbound).
 *
 * @param async whether the call is parked meanwhile; if not, its own thread serves the application
 *     and does one thing after the other
 * @param full whether the client may say everything, not only what is about the call
 */
public record SocketMode(boolean async, boolean full) {

  /** A client that has called by itself. */
  public static final SocketMode INBOUND = new SocketMode(true, true);

  /** Reads the application's argument; words that mean nothing are passed over. */
  static SocketMode of(String data) {
    List<String> words = List.of(data.toLowerCase(Locale.ROOT).split(" +"));
    return new SocketMode(words.contains("async"), words.contains("full"));
  }

  String words() {
    return (async ? " async" : "") + (full ? " full" : "");
  }

  /** The last headers of the answer to {@code connect}. */
  public String headers() {
    return "Socket-Mode: "
        + (async ? "async" : "static")
        + "\nControl: "
        + (full ? "full" : "single-channel")
        + "\n";
  }
}
