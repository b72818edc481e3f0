package dev.callflow.simulator.wire.call;

import java.util.List;
import java.util.Locale;

/**
 * The mode in which the {@code socket} application hands a call over
 * (docs/spec/event-socket.md#outbound).
 *
 * @param async whether the call is parked while the application controls it; if not, the call's own
 *     thread serves the application, one command at a time
 * @param full whether the application may use all commands, not only those that concern its call
 */
public record SocketMode(boolean async, boolean full) {

  /** The mode of an inbound connection. */
  public static final SocketMode INBOUND = new SocketMode(true, true);

  /** Parses the argument of {@code socket}; unknown words are ignored. */
  static SocketMode of(String data) {
    List<String> words = List.of(data.toLowerCase(Locale.ROOT).split(" +"));
    return new SocketMode(words.contains("async"), words.contains("full"));
  }

  String words() {
    return (async ? " async" : "") + (full ? " full" : "");
  }

  /** Returns the headers at the end of the reply to {@code connect}. */
  public String headers() {
    return "Socket-Mode: "
        + (async ? "async" : "static")
        + "\nControl: "
        + (full ? "full" : "single-channel")
        + "\n";
  }
}
