package dev.callflow.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of the loopback address for a server that has to be started at a given port. Until it is
 * closed, the system gives the port to nobody who asks for any free one, and refuses connections to
 * it unless the server listens.
 */
public final class ReservedPort implements AutoCloseable {

  // Bound, but never listening: another socket that reuses addresses, as server sockets do by
  // default, can be bound to the same port and listen there.
  private final Socket socket = new Socket();

  /** Reserves a free port. */
  public ReservedPort() throws IOException {
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Returns the reserved port. */
  public int number() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
