package dev.callflow.testkit.replay.run;

import java.util.List;

/**
 * Captures every line, at all levels, that Callflow logs while the capture is open. The configured
 * appenders still receive only the lines of their configured levels. Only one capture may be open
 * in a process at a time.
 */
public interface LogCapture extends AutoCloseable {

  List<String> lines();

  @Override
  void close();
}
