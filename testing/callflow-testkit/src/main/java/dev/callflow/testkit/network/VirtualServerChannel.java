package dev.callflow.testkit.network;

import dev.callflow.simulator.network.MemoryNetwork;
import dev.callflow.simulator.network.Receiver;
import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** An in-memory listening channel. */
final class VirtualServerChannel extends AbstractServerChannel {

  private final MemoryNetwork network;
  private final ChannelConfig config = new DefaultChannelConfig(this);
  private volatile @Nullable InetSocketAddress bound;
  private volatile boolean open = true;

  VirtualServerChannel(MemoryNetwork network) {
    this.network = network;
  }

  private Receiver accept(Receiver other, InetSocketAddress peer) {
    VirtualChannel child = new VirtualChannel(network, this, other, localAddress0(), peer);
    eventLoop()
        .execute(() -> {
          pipeline().fireChannelRead(child);
          pipeline().fireChannelReadComplete();
        });
    return child;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open && bound != null;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected @Nullable InetSocketAddress localAddress0() {
    return bound;
  }

  @Override
  protected void doBind(SocketAddress address) throws IOException {
    bound = network.bind((InetSocketAddress) address, this::accept);
  }

  @Override
  protected void doClose() {
    open = false;
    InetSocketAddress address = bound;
    if (address != null) {
      network.unbind(address);
    }
  }

  /** Does nothing: connections are delivered without a read. */
  @Override
  protected void doBeginRead() {}
}
