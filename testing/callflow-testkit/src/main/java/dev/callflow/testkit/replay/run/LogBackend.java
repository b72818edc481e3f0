package dev.callflow.testkit.replay.run;

import org.slf4j.LoggerFactory;

/** Captures the log if the logging backend supports it. */
public final class LogBackend {

  private LogBackend() {}

  /**
   * Begins to capture log lines.
   *
   * @throws IllegalStateException if the logging backend is not Logback
   */
  public static LogCapture capture() {
    String backend = LoggerFactory.getILoggerFactory().getClass().getName();
    if (!backend.startsWith("ch.qos.logback.")) {
      throw new IllegalStateException(
          "logs_never needs Logback as the logging backend, but found " + backend);
    }
    return LogbackCapture.begin();
  }
}
