package dev.callflow.benchmarks.stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Creates bare Netty channels as the library does, with native epoll where available. */
public final class Sockets {

  private static final int BACKLOG = 4096;

  private Sockets() {}

  /**
   * Creates event loops.
   *
   * @param name the name of the threads
   * @param threads the number of threads
   * @return the event loops
   */
  public static EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads,
        new DefaultThreadFactory(name, true),
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /**
   * Creates a bootstrap for outgoing connections.
   *
   * @param loops the event loops of the connections
   * @param handler creates the handler of each connection
   * @return the bootstrap
   */
  public static Bootstrap client(EventLoopGroup loops, Supplier<ChannelHandler> handler) {
    return new Bootstrap()
        .group(loops)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(initializer(handler));
  }

  /**
   * Returns the address of a port.
   *
   * @param port the port
   * @return the address on the loopback interface
   */
  public static InetSocketAddress local(int port) {
    return new InetSocketAddress("127.0.0.1", port);
  }

  /**
   * Copies bytes into a direct buffer, which can be sent without further copies.
   *
   * @param bytes the bytes
   * @return a buffer outside the heap
   */
  public static ByteBuf direct(byte[] bytes) {
    return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
  }

  /**
   * Creates a buffer for text that is sent repeatedly.
   *
   * @param text the text to send
   * @return a buffer; send duplicates of it
   */
  public static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(direct(text.getBytes(StandardCharsets.UTF_8)).asReadOnly());
  }

  /**
   * Begins to listen on a free port of the loopback interface.
   *
   * @param accepting the event loops that accept connections
   * @param loops the event loops of the connections
   * @param handler creates the handler of each connection
   * @return the listening channel
   */
  public static Channel listen(
      EventLoopGroup accepting, EventLoopGroup loops, Supplier<ChannelHandler> handler) {
    return new ServerBootstrap()
        .group(accepting, loops)
        .channel(
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(initializer(handler))
        .bind(local(0))
        .syncUninterruptibly()
        .channel();
  }

  /**
   * Returns the port on which a channel listens.
   *
   * @param listening the listening channel
   * @return the port
   */
  public static int port(Channel listening) {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private static ChannelInitializer<Channel> initializer(Supplier<ChannelHandler> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(handler.get());
      }
    };
  }
}
