package dev.callflow.simulator.model;

import dev.callflow.core.call.HangupCause;
import java.time.Duration;

/** How a party behaves that the switch dials. */
public sealed interface FarEnd {

  /**
   * Rings, then answers.
   *
   * @param after for how long it rings
   */
  record Answers(Duration after) implements FarEnd {}

  /**
   * Refuses at once.
   *
   * @param cause why, for instance {@code USER_BUSY}
   */
  record Refuses(HangupCause cause) implements FarEnd {}

  /**
   * Does what another channel of the switch does, which whoever has dialled ties to it: says
   * nothing by itself until the switch gives up.
   */
  record OtherHalf() implements FarEnd {}

  /** Rings until the switch gives up. */
  record NeverAnswers() implements FarEnd {}
}
