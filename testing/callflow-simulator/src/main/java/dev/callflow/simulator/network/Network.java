package dev.callflow.simulator.network;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens the connections of a simulated FreeSWITCH. Safe for use by any thread. */
public interface Network {

  /**
   * Returns the machine's own network.
   *
   * @return a network of real sockets
   */
  static Network tcp() {
    return TcpNetwork.INSTANCE;
  }

  /**
   * Begins to listen.
   *
   * @param address where; port 0 for any free one
   * @return accepts connections
   * @throws IOException if the address cannot be listened on
   */
  Listener listen(InetSocketAddress address) throws IOException;

  /**
   * Connects; blocks until the connection is made.
   *
   * @param address where somebody listens
   * @return the connection
   * @throws IOException if nobody listens there
   */
  Connection connect(InetSocketAddress address) throws IOException;
}
