package dev.callflow.cli;

import dev.callflow.waiting.Eventually;

/**
 * Options for hosts that run in real time. FreeSWITCH may take as long as {@link Eventually} waits,
 * so that a slow machine changes no result.
 */
public final class PatientOptions {

  private PatientOptions() {}

  /** Returns the options for the command {@code host}. */
  public static String[] ofHost() {
    return new String[] {"--control-timeout", String.valueOf(Eventually.LIMIT.toSeconds())};
  }
}
