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
 * Connections in memory, in virtual time: a host and a simulated FreeSWITCH in one JVM.
 *
 * <p>Bytes take no time. Whoever waits for them waits in virtual time, so that time goes on only
 * when every thread waits and no byte is under way. The host's side are Netty channels with the
 * handlers of production, FreeSWITCH's are streams. The same run gives the same bytes in the same
 * order each time.
 */
public final class VirtualNetwork implements Network {

  private final MemoryNetwork memory;
  private final EslRuntime runtime;

  /**
   * Makes a network without connections.
   *
   * @param time its time, and that of all that uses it
   */
  public VirtualNetwork(VirtualTime time) {
    this.memory = new MemoryNetwork(time);
    this.runtime = new VirtualRuntime(time, memory);
  }

  /**
   * Returns what event-socket clients and servers need to live in this network.
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
   * Connects from an address of one's own choice.
   *
   * @param address where somebody listens
   * @param from the address to connect from
   * @return the connection
   * @throws IOException if nobody listens there
   */
  public Connection connect(InetSocketAddress address, InetAddress from) throws IOException {
    return memory.connect(address, from);
  }
}
