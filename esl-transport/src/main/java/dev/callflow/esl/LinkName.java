package dev.callflow.esl;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** Names connections for the log: a number, the direction, the peer. */
final class LinkName {

  private static final AtomicLong NUMBER = new AtomicLong();

  private LinkName() {}

  static String of(String direction, InetSocketAddress peer) {
    return "esl "
        + NUMBER.incrementAndGet()
        + " "
        + direction
        + " "
        + peer.getHostString()
        + ":"
        + peer.getPort();
  }
}
