package dev.callflow.testkit.replay;

import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps every line that Callflow logs while it is open, at all levels; what was shown before is
 * still shown, and nothing more. One at a time in a process.
 */
interface LogCapture extends AutoCloseable {

  /**
   * Begins to keep lines.
   *
   * @throws IllegalStateException if the logging backend is not Logback
   */
  static LogCapture open() {
    String backend = LoggerFactory.getILoggerFactory().getClass().getName();
    if (!backend.startsWith("ch.qos.logback.")) {
      throw new IllegalStateException(
          "logs_never needs Logback as the logging backend, which is " + backend);
    }
    return LogbackCapture.begin();
  }

  List<String> lines();

  @Override
  void close();
}
