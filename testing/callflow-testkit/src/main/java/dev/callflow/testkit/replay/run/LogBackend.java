package dev.callflow.testkit.replay.run;

import org.slf4j.LoggerFactory;

/** Captures the log, where the logging backend lets it be captured. */
public final class LogBackend {

  private LogBackend() {}

  /**
   * Begins to keep lines.
   *
   * @throws IllegalStateException if the logging backend is not Logback
   */
  public static LogCapture capture() {
    String backend = LoggerFactory.getILoggerFactory().getClass().getName();
    if (!backend.startsWith("ch.qos.logback.")) {
      throw new IllegalStateException(
          "logs_never needs Logback as the logging backend, which is " + backend);
    }
    return LogbackCapture.begin();
  }
}
