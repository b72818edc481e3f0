package dev.callflow.testkit.replay.run;

import java.util.List;

/**
 * Keeps every line that Callflow logs while it is open, at all levels; what was shown before is
 * still shown, and nothing more. One at a time in a process.
 */
public interface LogCapture extends AutoCloseable {

  List<String> lines();

  @Override
  void close();
}
