package dev.callflow.esl;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Names connections for the log: a number, the direction, the peer. */
final class LinkName {

  private static final AtomicLong NUMBER = new AtomicLong();

  private LinkName() {}

  static String of(String direction, @Nullable SocketAddress peer) {
    return "esl " + NUMBER.incrementAndGet() + " " + direction + " " + text(peer);
  }

  static String text(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress internet
        ? internet.getHostString() + ":" + internet.getPort()
        : String.valueOf(peer);
  }
}
