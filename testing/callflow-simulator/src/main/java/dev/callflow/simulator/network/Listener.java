package dev.callflow.simulator.network;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Accepts connections at an address. */
public interface Listener extends Closeable {

  /**
   * Returns the address of this listener.
   *
   * @return the address, with the actual port
   */
  InetSocketAddress address();

  /**
   * Accepts the next connection; blocks until one arrives.
   *
   * @return the connection
   * @throws IOException if the listener is closed or the thread is interrupted
   */
  Connection accept() throws IOException;
}
