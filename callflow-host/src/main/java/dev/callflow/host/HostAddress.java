package dev.callflow.host;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses {@code HOST:PORT}, where an IPv6 address is in brackets. */
final class HostAddress {

  private static final Pattern TEXT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]+):(\\d{1,5})");

  private static final int MAX_PORT = 65_535;

  private HostAddress() {}

  /**
   * Parses an address.
   *
   * @param what what the address is for, as the subject of a sentence
   * @param text the text
   * @param minPort the lowest port that is allowed
   */
  static InetSocketAddress of(String what, String text, int minPort) {
    Matcher parts = TEXT.matcher(text);
    if (parts.matches()) {
      int port = Integer.parseInt(parts.group(2));
      if (port >= minPort && port <= MAX_PORT) {
        return new InetSocketAddress(parts.group(1).replaceAll("[\\[\\]]", ""), port);
      }
    }
    throw new IllegalArgumentException(
        what
            + (" must be HOST:PORT with a port from " + minPort + " to " + MAX_PORT)
            + (", but is '" + text + "'"));
  }
}
