package dev.callflow.simulator.model;

import dev.callflow.core.call.HangupCause;
import java.time.Duration;

/** The behaviour of a dialled party. */
public sealed interface FarEnd {

  /**
   * Rings, then answers.
   *
   * @param after the ringing time
   */
  record Answers(Duration after) implements FarEnd {}

  /**
   * Refuses the call immediately.
   *
   * @param cause the hangup cause, for instance {@code USER_BUSY}
   */
  record Refuses(HangupCause cause) implements FarEnd {}

  /**
   * Is the other half of a loopback call, controlled by the code that dials it. Does nothing on its
   * own; if the call is not answered in time, the switch gives up.
   */
  record OtherHalf() implements FarEnd {}

  /** Rings until the switch gives up. */
  record NeverAnswers() implements FarEnd {}
}
