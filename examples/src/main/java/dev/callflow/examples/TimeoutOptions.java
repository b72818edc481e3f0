package dev.callflow.examples;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long the host waits for FreeSWITCH. */
final class TimeoutOptions {

  @Option(
      names = "--control-timeout",
      paramLabel = "SECONDS",
      description =
          "How long FreeSWITCH may take to carry out a command, at least 1. Default:"
              + " ${DEFAULT-VALUE}")
  private int control = 5;

  @Option(
      names = "--unreachable-timeout",
      paramLabel = "SECONDS",
      description =
          "How long rooms are kept while FreeSWITCH cannot be reached, at least 1. Then they end."
              + " Default: ${DEFAULT-VALUE}")
  private int unreachable = 60;

  Duration control() {
    return seconds("--control-timeout", control);
  }

  Duration unreachable() {
    return seconds("--unreachable-timeout", unreachable);
  }

  private static Duration seconds(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, but is " + value);
    }
    return Duration.ofSeconds(value);
  }
}
