package dev.callflow.esl.runtime;

import java.time.Duration;

/**
 * Receives counts and times from connections. The methods run on the threads of the connections and
 * must not block. By default, they do nothing.
 */
public interface EslMetrics {

  /** Records nothing. */
  EslMetrics NONE = new EslMetrics() {};

  /** The side that opened a connection. */
  enum Direction {
    /** We connected to FreeSWITCH. */
    INBOUND,
    /** FreeSWITCH connected to us. */
    OUTBOUND
  }

  /**
   * Called when a connection has opened.
   *
   * @param direction the side that opened it
   */
  default void opened(Direction direction) {}

  /**
   * Called when a connection has closed.
   *
   * @param direction the side that opened it
   */
  default void closed(Direction direction) {}

  /** Called when a client has connected again after it had lost its connection. */
  default void reconnected() {}

  /**
   * Called when a command has been answered.
   *
   * @param command the kind of command, for instance {@code Api}
   * @param took the time from sending the command to receiving its answer
   */
  default void answered(String command, Duration took) {}

  /**
   * Called when a command remains unanswered because the connection dropped or the command timed
   * out.
   *
   * @param command the kind of command
   */
  default void unanswered(String command) {}

  /** Called when an event has passed the connection's filter. */
  default void event() {}

  /** Called when an answer arrives while no command is waiting for one. */
  default void strayAnswer() {}

  /** Called when a frame of an unknown type arrives. */
  default void unknownFrame() {}

  /** Called when reading pauses because a listener has fallen behind. */
  default void readingPaused() {}

  /** Called when a connection is closed because its listener is too far behind. */
  default void overflowed() {}
}
