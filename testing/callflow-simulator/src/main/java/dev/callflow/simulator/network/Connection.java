package dev.callflow.simulator.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** A connection as a thread sees it that reads and writes streams. */
public interface Connection extends Closeable {

  /**
   * Returns the other end's address.
   *
   * @return the address
   */
  InetSocketAddress peer();

  /**
   * Returns what comes from the other end; reading blocks.
   *
   * @return the stream
   * @throws IOException if the connection is closed
   */
  InputStream input() throws IOException;

  /**
   * Returns what goes to the other end.
   *
   * @return the stream
   * @throws IOException if the connection is closed
   */
  OutputStream output() throws IOException;
}
