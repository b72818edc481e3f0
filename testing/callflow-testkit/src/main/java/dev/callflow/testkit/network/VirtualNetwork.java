package dev.callflow.testkit.network;

import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.simulator.network.Connection;
import dev.callflow.simulator.network.Listener;
import dev.callflow.simulator.network.MemoryNetwork;
import dev.callflow.simulator.network.Network;
import dev.callflow.simulator.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A network of in-memory connections in virtual time, for a host and a simulated FreeSWITCH in one
 * JVM.
 *
 * <p>Transferring bytes takes no time. Readers wait in virtual time, so time advances only when
 * every thread waits and no bytes are in transit. The host uses Netty channels with the production
 * handlers, and FreeSWITCH uses streams. Each run sends the same bytes in the same order.
 */
public final class VirtualNetwork implements Network {

  private final MemoryNetwork memory;
  private final EslRuntime runtime;

  /**
   * Creates a network without connections.
   *
   * @param time the virtual time of the network and of everything that uses it
   */
  public VirtualNetwork(VirtualTime time) {
    this.memory = new MemoryNetwork(time);
    this.runtime = new VirtualRuntime(time, memory);
  }

  /**
   * Returns the runtime for event-socket clients and servers that use this network.
   *
   * @return a runtime in virtual time
   */
  public EslRuntime runtime() {
    return runtime;
  }

  @Override
  public Listener listen(InetSocketAddress address) throws IOException {
    return memory.listen(address);
  }

  @Override
  public Connection connect(InetSocketAddress address) throws IOException {
    return memory.connect(address);
  }

  /**
   * Connects from a given address.
   *
   * @param address the listening address to connect to
   * @param from the address to connect from
   * @return the connection
   * @throws IOException if nothing listens at the address
   */
  public Connection connect(InetSocketAddress address, InetAddress from) throws IOException {
    return memory.connect(address, from);
  }
}
