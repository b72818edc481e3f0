package dev.callflow.simulator.network;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Accepts connections at an address. */
public interface Listener extends Closeable {

  /**
   * Returns where it listens.
   *
   * @return the address, with the true port
   */
  InetSocketAddress address();

  /**
   * Accepts the next connection; blocks until there is one.
   *
   * @return the connection
   * @throws IOException if the listener is closed, or was interrupted
   */
  Connection accept() throws IOException;
}
