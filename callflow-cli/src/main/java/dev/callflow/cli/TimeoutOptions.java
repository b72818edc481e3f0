package dev.callflow.cli;

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

  @Option(
      names = "--closing-timeout",
      paramLabel = "SECONDS",
      description =
          "How long the host waits for callers who are not in a room when it is asked to stop, at"
              + " least 0. Default: ${DEFAULT-VALUE}")
  private int closing = 5;

  Duration control() {
    return seconds("--control-timeout", control, 1);
  }

  Duration unreachable() {
    return seconds("--unreachable-timeout", unreachable, 1);
  }

  Duration closing() {
    return seconds("--closing-timeout", closing, 0);
  }

  private static Duration seconds(String option, int value, int min) {
    if (value < min) {
      throw new IllegalArgumentException(option + " must be at least " + min + ", but is " + value);
    }
    return Duration.ofSeconds(value);
  }
}
