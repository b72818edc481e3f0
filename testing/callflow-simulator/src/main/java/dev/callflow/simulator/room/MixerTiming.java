package dev.callflow.simulator.room;

import java.time.Duration;

/** The delays of FreeSWITCH's mixer. */
final class MixerTiming {

  /** The interval at which the mixer runs. */
  static final Duration FRAME = Duration.ofMillis(20);

  /** The silence before prompts, enter sounds and members' own exit sounds. */
  static final Duration LEAD_IN = Duration.ofMillis(400);

  /**
   * The time added to a grace period. FreeSWITCH counts whole clock seconds, so its grace periods
   * last up to a second longer than configured.
   */
  static final Duration GRACE_EXTRA = Duration.ofMillis(300);

  /** The time that a caller has for each digit of a PIN. */
  static final Duration PIN_TIMEOUT = Duration.ofSeconds(10);

  private MixerTiming() {}
}
