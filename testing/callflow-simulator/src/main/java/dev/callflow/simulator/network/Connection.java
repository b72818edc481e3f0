package dev.callflow.simulator.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** A connection that a thread uses through blocking streams. */
public interface Connection extends Closeable {

  /**
   * Returns the address of the other end.
   *
   * @return the address
   */
  InetSocketAddress peer();

  /**
   * Returns the stream of bytes from the other end; reading blocks.
   *
   * @return the stream
   * @throws IOException if the connection is closed
   */
  InputStream input() throws IOException;

  /**
   * Returns the stream of bytes to the other end.
   *
   * @return the stream
   * @throws IOException if the connection is closed
   */
  OutputStream output() throws IOException;
}
