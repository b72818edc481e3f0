package dev.callflow.esl.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;

/**
 * Creates Netty's event loops and channels for one kind of address. To support another network,
 * supply its Netty channels. Apart from the {@code ssl} options, this is the only part of the
 * module's API that exposes Netty.
 */
public interface EslNetwork {

  /**
   * Returns a network for TCP, with the options that the default runtime sets.
   *
   * @param handlers creates the handlers of the event loops
   * @param client the class of channels that connect
   * @param server the class of channels that listen
   * @return the network
   */
  static EslNetwork tcp(
      IoHandlerFactory handlers,
      Class<? extends Channel> client,
      Class<? extends ServerChannel> server) {
    return new SocketNetwork(handlers, client, server, true);
  }

  /**
   * Creates event loops; the caller shuts them down.
   *
   * @param name the prefix of the thread names
   * @param threads the maximum number of threads
   * @return the event loops
   */
  EventLoopGroup loops(String name, int threads);

  /**
   * Returns a bootstrap for a connection, with the channel class and the options specific to this
   * network.
   *
   * @param loops event loops of this network
   * @return a bootstrap without a handler
   */
  Bootstrap client(EventLoopGroup loops);

  /**
   * Returns a bootstrap for a listening channel, with the channel classes and the options specific
   * to this network.
   *
   * @param acceptors event loops of this network, for the listening channel
   * @param loops event loops of this network, for the connections
   * @return a bootstrap without a handler
   */
  ServerBootstrap server(EventLoopGroup acceptors, EventLoopGroup loops);
}
