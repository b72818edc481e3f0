package dev.callflow.esl.epoll;

import dev.callflow.esl.runtime.EslNetwork;
import dev.callflow.esl.runtime.NetworkProvider;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.Optional;

/** Provides sockets on epoll where Netty's native library can be loaded. */
public final class EpollNetworks implements NetworkProvider {

  /** For {@link java.util.ServiceLoader}. */
  public EpollNetworks() {}

  @Override
  public Optional<EslNetwork> tcp() {
    return Epoll.isAvailable()
        ? Optional.of(
            EslNetwork.tcp(
                EpollIoHandler.newFactory(),
                EpollSocketChannel.class,
                EpollServerSocketChannel.class))
        : Optional.empty();
  }
}
