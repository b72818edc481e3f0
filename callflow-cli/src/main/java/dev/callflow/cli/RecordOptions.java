package dev.callflow.cli;

import dev.callflow.core.record.Retention;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long the host keeps what has happened. */
final class RecordOptions {

  @Option(
      names = "--keep-history",
      paramLabel = "DAYS",
      description =
          "How many days calls, conferences, refusals and deliveries are kept, at least 1. Default:"
              + " 90")
  private int history = 90;

  @Option(
      names = "--keep-audit",
      paramLabel = "DAYS",
      description =
          "How many days the audit of changes and actions is kept, at least 1. Default: 365")
  private int audit = 365;

  Retention retention() {
    return Retention.standard()
        .history(days("--keep-history", history))
        .audit(days("--keep-audit", audit));
  }

  private static Duration days(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, but is " + value);
    }
    return Duration.ofDays(value);
  }
}
