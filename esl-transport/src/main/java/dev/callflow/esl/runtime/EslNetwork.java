package dev.callflow.esl.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;

/**
 * Makes Netty's event loops and channels for one kind of address. The only type of this module that
 * shows Netty: another network is one of Netty's channels.
 */
public interface EslNetwork {

  /**
   * Makes event loops; the caller shuts them down.
   *
   * @param name begins the names of their threads
   * @param threads how many at most
   * @return the event loops
   */
  EventLoopGroup loops(String name, int threads);

  /**
   * Begins to set up a connection: its channel and the options that only this network has.
   *
   * @param loops event loops of this network
   * @return a bootstrap without a handler
   */
  Bootstrap client(EventLoopGroup loops);

  /**
   * Begins to set up a listening channel: its channels and the options that only this network has.
   *
   * @param acceptors event loops of this network, for the listening channel
   * @param loops event loops of this network, for the connections
   * @return a bootstrap without a handler
   */
  ServerBootstrap server(EventLoopGroup acceptors, EventLoopGroup loops);
}
