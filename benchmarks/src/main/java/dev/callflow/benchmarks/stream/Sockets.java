package dev.callflow.benchmarks.stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Bare Netty as the library uses it too: native epoll where it is there. */
public final class Sockets {

  private Sockets() {}

  /**
   * Makes event loops.
   *
   * @param name their threads' name
   * @param threads how many
   * @return the loops
   */
  public static EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads,
        new DefaultThreadFactory(name, true),
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /**
   * Returns the kind of a listening channel.
   *
   * @return its class
   */
  public static Class<? extends ServerChannel> server() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /**
   * Says how to connect.
   *
   * @param loops the event loops to use
   * @param handler makes what is done on a connection
   * @return what connects
   */
  public static Bootstrap client(EventLoopGroup loops, Supplier<ChannelHandler> handler) {
    return new Bootstrap()
        .group(loops)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler.get());
              }
            });
  }

  /**
   * Returns the address of a port.
   *
   * @param port the port
   * @return on the loopback interface
   */
  public static InetSocketAddress local(int port) {
    return new InetSocketAddress("127.0.0.1", port);
  }

  /**
   * Copies bytes to where they can be sent from without copying again.
   *
   * @param bytes the bytes
   * @return a buffer outside of the heap
   */
  public static ByteBuf direct(byte[] bytes) {
    return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
  }
}
