package dev.callflow.simulator.network;

import java.net.InetSocketAddress;

/** Accepts the connections to a port of a {@link MemoryNetwork}. */
@FunctionalInterface
public interface Acceptor {

  /**
   * Accepts a connection.
   *
   * @param other the receiver of the bytes that the accepting end sends
   * @param peer the address of the connecting end
   * @return the receiver of the bytes that the connecting end sends
   */
  Receiver accept(Receiver other, InetSocketAddress peer);
}
