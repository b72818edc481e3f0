package dev.callflow.simulator.network;

import java.net.InetSocketAddress;

/** Takes the connections that arrive at a port of a {@link MemoryNetwork}. */
@FunctionalInterface
public interface Acceptor {

  /**
   * Accepts a connection.
   *
   * @param other receives what the accepting end sends
   * @param peer the address of the connecting end
   * @return receives what the connecting end sends
   */
  Receiver accept(Receiver other, InetSocketAddress peer);
}
