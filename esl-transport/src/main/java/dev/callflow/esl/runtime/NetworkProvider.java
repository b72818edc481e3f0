package dev.callflow.esl.runtime;

import java.util.Optional;

/**
 * Provides native sockets for TCP, which the default runtime uses instead of the JDK's. It finds
 * implementations with {@link java.util.ServiceLoader}; the artefact {@code esl-transport-epoll}
 * has one for Linux.
 */
@FunctionalInterface
public interface NetworkProvider {

  /**
   * Returns the network. Called once in the life of the process.
   *
   * @return a network from {@link EslNetwork#tcp}; empty if this machine does not support it
   */
  Optional<EslNetwork> tcp();
}
