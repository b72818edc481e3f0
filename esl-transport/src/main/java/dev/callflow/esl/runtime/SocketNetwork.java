package dev.callflow.esl.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.ServiceLoader;

/** Real sockets: those of a {@link NetworkProvider} for TCP if there is one, otherwise NIO. */
record SocketNetwork(
    IoHandlerFactory handlers,
    Class<? extends Channel> client,
    Class<? extends ServerChannel> server,
    boolean tcp)
    implements EslNetwork {

  private static final int BACKLOG = 4096;

  private static final EslNetwork UNIX =
      new SocketNetwork(
          NioIoHandler.newFactory(),
          NioDomainSocketChannel.class,
          NioServerDomainSocketChannel.class,
          false);

  private static final EslNetwork TCP =
      ServiceLoader.load(NetworkProvider.class, NetworkProvider.class.getClassLoader()).stream()
          .map(provider -> provider.get().tcp())
          .flatMap(Optional::stream)
          .findFirst()
          .orElseGet(() ->
              EslNetwork.tcp(
                  NioIoHandler.newFactory(), NioSocketChannel.class, NioServerSocketChannel.class));

  static EslNetwork of(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress ? UNIX : TCP;
  }

  @Override
  public EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
  }

  @Override
  public Bootstrap client(EventLoopGroup loops) {
    Bootstrap bootstrap = new Bootstrap().group(loops).channel(client);
    return tcp
        ? bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true)
        : bootstrap;
  }

  @Override
  public ServerBootstrap server(EventLoopGroup acceptors, EventLoopGroup loops) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, loops)
            .channel(server)
            .option(ChannelOption.SO_BACKLOG, BACKLOG);
    return tcp
        ? bootstrap
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
        : bootstrap;
  }
}
