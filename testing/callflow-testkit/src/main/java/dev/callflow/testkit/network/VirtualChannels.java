package dev.callflow.testkit.network;

import dev.callflow.esl.runtime.EslNetwork;
import dev.callflow.simulator.network.MemoryNetwork;
import dev.callflow.simulator.time.VirtualTime;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;

/** Creates in-memory Netty channels. Each event loop group is one thread of virtual time. */
final class VirtualChannels implements EslNetwork {

  private final VirtualTime time;
  private final MemoryNetwork network;

  VirtualChannels(VirtualTime time, MemoryNetwork network) {
    this.time = time;
    this.network = network;
  }

  @Override
  public EventLoopGroup loops(String name, int threads) {
    return VirtualEventLoop.start(time, name);
  }

  @Override
  public Bootstrap client(EventLoopGroup loops) {
    return new Bootstrap().group(loops).channelFactory(() -> new VirtualChannel(network));
  }

  @Override
  public ServerBootstrap server(EventLoopGroup acceptors, EventLoopGroup loops) {
    return new ServerBootstrap()
        .group(acceptors, loops)
        .channelFactory(() -> new VirtualServerChannel(network));
  }
}
