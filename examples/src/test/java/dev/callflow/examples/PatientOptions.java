package dev.callflow.examples;

import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;

/**
 * Options for hosts that run in real time. FreeSWITCH may take as long as {@link Eventually} waits,
 * so that a slow machine changes no result.
 */
final class PatientOptions {

  private PatientOptions() {}

  static FreeSwitchOptions of(
      InetSocketAddress calls, InetSocketAddress eventSocket, String password) {
    return FreeSwitchOptions.builder(calls, eventSocket, password)
        .controlTimeout(Eventually.LIMIT)
        .build();
  }

  /** Returns the same for the command {@code host}. */
  static String[] ofHost() {
    return new String[] {"--control-timeout", String.valueOf(Eventually.LIMIT.toSeconds())};
  }
}
