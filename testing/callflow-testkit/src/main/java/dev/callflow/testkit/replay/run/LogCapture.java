package dev.callflow.testkit.replay.run;

import java.util.List;

/**
 * Captures every line that Callflow logs while it is open, at all levels. The configured appenders
 * still receive the lines of the configured levels, and no others. Only one capture may be open in
 * a process.
 */
public interface LogCapture extends AutoCloseable {

  List<String> lines();

  @Override
  void close();
}
