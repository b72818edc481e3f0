package dev.callflow.esl.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Real sockets: native epoll where available, otherwise NIO; Unix sockets always use NIO. */
enum SocketNetwork implements EslNetwork {
  EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class),
  JAVA(NioSocketChannel.class, NioServerSocketChannel.class),
  UNIX(NioDomainSocketChannel.class, NioServerDomainSocketChannel.class);

  private static final int BACKLOG = 4096;

  private final Class<? extends Channel> client;
  private final Class<? extends ServerChannel> server;

  SocketNetwork(Class<? extends Channel> client, Class<? extends ServerChannel> server) {
    this.client = client;
    this.server = server;
  }

  static SocketNetwork of(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress) {
      return UNIX;
    }
    return Epoll.isAvailable() ? EPOLL : JAVA;
  }

  @Override
  public EventLoopGroup loops(String name, int threads) {
    IoHandlerFactory factory =
        this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), factory);
  }

  @Override
  public Bootstrap client(EventLoopGroup loops) {
    Bootstrap bootstrap = new Bootstrap().group(loops).channel(client);
    return this == UNIX
        ? bootstrap
        : bootstrap
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true);
  }

  @Override
  public ServerBootstrap server(EventLoopGroup acceptors, EventLoopGroup loops) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, loops)
            .channel(server)
            .option(ChannelOption.SO_BACKLOG, BACKLOG);
    return this == UNIX
        ? bootstrap
        : bootstrap
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true);
  }
}
