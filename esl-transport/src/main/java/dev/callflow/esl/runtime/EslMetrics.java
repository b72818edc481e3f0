package dev.callflow.esl.runtime;

import java.time.Duration;

/**
 * Records what connections do. Methods run on connections' own threads and must not block; all do
 * nothing unless overridden.
 */
public interface EslMetrics {

  /** Counts nothing. */
  EslMetrics NONE = new EslMetrics() {};

  /** Which way a connection was made. */
  enum Direction {
    /** We have connected to FreeSWITCH. */
    INBOUND,
    /** FreeSWITCH has connected to us. */
    OUTBOUND
  }

  /**
   * A connection is open.
   *
   * @param direction which way
   */
  default void opened(Direction direction) {}

  /**
   * A connection has closed.
   *
   * @param direction which way
   */
  default void closed(Direction direction) {}

  /**
   * A command was answered.
   *
   * @param command the kind of command, for instance {@code Api}
   * @param took from its sending to its answer
   */
  default void answered(String command, Duration took) {}

  /**
   * A command had no answer: the connection dropped, or the time was up.
   *
   * @param command the kind of command
   */
  default void unanswered(String command) {}

  /** An event has come that is wanted. */
  default void event() {}

  /** An answer has come that nobody asked for. */
  default void strayAnswer() {}

  /** A frame of an unknown type has come. */
  default void unknownFrame() {}

  /** A listener is behind, so that reading pauses. */
  default void readingPaused() {}

  /** A connection was given up because its listener was too far behind. */
  default void overflowed() {}
}
