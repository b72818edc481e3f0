package dev.callflow.testkit.network;

import dev.callflow.simulator.network.MemoryNetwork;
import dev.callflow.simulator.network.Receiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One end of an in-memory connection, as a Netty channel. */
final class VirtualChannel extends AbstractChannel implements Receiver {

  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  /** The maximum number of unread writes. A peer that exceeds it loses its connection. */
  private static final int MAX_UNREAD = 1_000_000;

  private final MemoryNetwork network;
  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final Queue<byte[]> unread = new LinkedBlockingQueue<>(MAX_UNREAD);
  private volatile @Nullable Receiver other;
  private volatile @Nullable InetSocketAddress local;
  private volatile @Nullable InetSocketAddress remote;
  private volatile boolean open = true;
  private volatile boolean ended;

  /** Whether the pipeline has requested a read. Used only on the event loop. */
  private boolean reading;

  /** Creates a channel for an outgoing connection. */
  VirtualChannel(MemoryNetwork network) {
    this(network, null, null, null, null);
  }

  /** Creates the accepting end of a connection. */
  VirtualChannel(
      MemoryNetwork network,
      @Nullable Channel parent,
      @Nullable Receiver other,
      @Nullable InetSocketAddress local,
      @Nullable InetSocketAddress remote) {
    super(parent);
    this.network = network;
    this.other = other;
    this.local = local;
    this.remote = remote;
  }

  @Override
  public void receive(byte[] bytes) {
    if (bytes.length > 0 && !unread.offer(bytes)) {
      ended = true;
    }
    deliverLater();
  }

  @Override
  public void receiveEnd() {
    ended = true;
    deliverLater();
  }

  private void deliverLater() {
    if (isRegistered() && !eventLoop().isShuttingDown()) {
      eventLoop().execute(this::deliver);
    }
  }

  private void deliver() {
    if (!reading || !open) {
      return;
    }
    byte[] next = unread.poll();
    if (next != null) {
      reading = false;
      while (next != null) {
        pipeline().fireChannelRead(Unpooled.wrappedBuffer(next));
        next = unread.poll();
      }
      pipeline().fireChannelReadComplete();
    } else if (ended) {
      unsafe().close(voidPromise());
    }
  }

  @Override
  protected void doBeginRead() {
    reading = true;
    if (ended || !unread.isEmpty()) {
      deliverLater();
    }
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    Receiver end = other;
    Object message = out.current();
    while (message != null) {
      if (end != null && message instanceof ByteBuf bytes) {
        end.receive(ByteBufUtil.getBytes(bytes));
      }
      out.remove();
      message = out.current();
    }
  }

  @Override
  protected void doClose() {
    open = false;
    Receiver end = other;
    if (end != null) {
      end.receiveEnd();
    }
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doBind(SocketAddress address) {
    local = (InetSocketAddress) address;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open && other != null;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected @Nullable SocketAddress localAddress0() {
    return local;
  }

  @Override
  protected @Nullable SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new Connecting();
  }

  private final class Connecting extends AbstractUnsafe {

    @Override
    public void connect(
        SocketAddress address, @Nullable SocketAddress from, ChannelPromise promise) {
      if (!promise.setUncancellable() || !ensureOpen(promise)) {
        return;
      }
      InetSocketAddress own =
          from == null
              ? network.freeAddress(InetAddress.getLoopbackAddress())
              : (InetSocketAddress) from;
      try {
        local = own;
        remote = (InetSocketAddress) address;
        other = network.connect((InetSocketAddress) address, VirtualChannel.this, own);
        safeSetSuccess(promise);
        pipeline().fireChannelActive();
      } catch (IOException e) {
        safeSetFailure(promise, e);
        closeIfClosed();
      }
    }
  }
}
