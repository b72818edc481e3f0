package dev.callflow.testkit.replay;

import dev.callflow.testkit.replay.result.CaseResult;
import dev.callflow.testkit.replay.run.CaseRun;
import dev.callflow.testkit.replay.run.LogBackend;
import dev.callflow.testkit.replay.run.LogCapture;
import dev.callflow.testkit.replay.wire.WireRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs cases: the engine and the conferences as they are, on a simulated switch, in virtual time.
 *
 * <p>A case takes milliseconds, however long its calls are, and ends the same way each time. Cases
 * that look at the log ({@code logs_never}) must not run at the same time in one process.
 */
public final class CaseRunner {

  private CaseRunner() {}

  /**
   * Runs a case; blocks until it has ended.
   *
   * @param file the case
   * @return what became of it
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult run(CaseFile file) throws InterruptedException {
    if (file.script().expected().logsNever().isEmpty()) {
      return CaseRun.of(file.script(), List::of);
    }
    try (LogCapture log = LogBackend.capture()) {
      return CaseRun.of(file.script(), log::lines);
    }
  }

  /**
   * Reads a case file and runs it; blocks until it has ended.
   *
   * @param file the file, UTF-8
   * @return what became of it
   * @throws CaseFormatException if it is not a case, with every problem
   * @throws IOException if it cannot be read
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult run(Path file)
      throws CaseFormatException, IOException, InterruptedException {
    return run(CaseFile.read(file));
  }

  /**
   * Runs a case over the event socket of a simulated FreeSWITCH; blocks until it has ended.
   *
   * <p>The engine, its event-socket client and server, and the simulated FreeSWITCH talk over
   * connections in memory, all in one virtual time. The same must come of it as of {@link #run}, at
   * the same times.
   *
   * @param file the case
   * @return what became of it
   * @throws IOException if the simulated FreeSWITCH cannot be started
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult runOnWire(CaseFile file) throws IOException, InterruptedException {
    if (file.script().expected().logsNever().isEmpty()) {
      return WireRun.of(file.script(), List::of);
    }
    try (LogCapture log = LogBackend.capture()) {
      return WireRun.of(file.script(), log::lines);
    }
  }
}
