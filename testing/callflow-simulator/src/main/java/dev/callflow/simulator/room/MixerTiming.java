package dev.callflow.simulator.room;

import java.time.Duration;

/** How long FreeSWITCH's mixer takes for what it does by itself. */
final class MixerTiming {

  /** How often the mixer mixes. */
  static final Duration FRAME = Duration.ofMillis(20);

  /** It is silent for so long before some sounds. */
  static final Duration LEAD_IN = Duration.ofMillis(400);

  /** FreeSWITCH counts the seconds of the day that begin: on average half a second more. */
  static final Duration SECOND_BEGUN = Duration.ofMillis(300);

  /** How long a caller who is asked for a PIN may wait before the next key. */
  static final Duration PIN_TIMEOUT = Duration.ofSeconds(10);

  private MixerTiming() {}
}
