package dev.callflow.simulator.network;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens the connections of a simulated FreeSWITCH. Implementations are thread-safe. */
public interface Network {

  /**
   * Returns the network that uses real sockets.
   *
   * @return the network
   */
  static Network tcp() {
    return TcpNetwork.INSTANCE;
  }

  /**
   * Starts to listen for connections.
   *
   * @param address the address; port 0 for any free port
   * @return the listener
   * @throws IOException if the address cannot be bound
   */
  Listener listen(InetSocketAddress address) throws IOException;

  /**
   * Connects to a listener; blocks until the connection is established.
   *
   * @param address the address of the listener
   * @return the connection
   * @throws IOException if there is no listener at the address
   */
  Connection connect(InetSocketAddress address) throws IOException;
}
