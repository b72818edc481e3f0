package dev.callflow.esl;

import io.netty.channel.Channel;
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

/**
 * Netty's threads and channels: native epoll where it is there, and Java's own for Unix sockets.
 */
enum EventLoops {
  EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class),
  JAVA(NioSocketChannel.class, NioServerSocketChannel.class),
  UNIX(NioDomainSocketChannel.class, NioServerDomainSocketChannel.class);

  private final Class<? extends Channel> client;
  private final Class<? extends ServerChannel> server;

  EventLoops(Class<? extends Channel> client, Class<? extends ServerChannel> server) {
    this.client = client;
    this.server = server;
  }

  static EventLoops of(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress) {
      return UNIX;
    }
    return Epoll.isAvailable() ? EPOLL : JAVA;
  }

  EventLoopGroup group(String name, int threads) {
    IoHandlerFactory factory =
        this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), factory);
  }

  Class<? extends Channel> client() {
    return client;
  }

  Class<? extends ServerChannel> server() {
    return server;
  }

  boolean isTcp() {
    return this != UNIX;
  }
}
