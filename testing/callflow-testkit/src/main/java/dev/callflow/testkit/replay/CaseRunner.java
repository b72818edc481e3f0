package dev.callflow.testkit.replay;

import dev.callflow.core.CallflowModule;
import dev.callflow.testkit.replay.result.CaseResult;
import dev.callflow.testkit.replay.run.CaseRun;
import dev.callflow.testkit.replay.run.LogBackend;
import dev.callflow.testkit.replay.run.LogCapture;
import dev.callflow.testkit.replay.wire.WireRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs cases with the real engine and the real conferences on a simulated switch in virtual time.
 *
 * <p>A case takes milliseconds, no matter how long its calls are, and has the same result each
 * time. Cases that check the log ({@code logs_never}) must not run concurrently in one process.
 */
public final class CaseRunner {

  private CaseRunner() {}

  /**
   * Runs a case. Blocks until it has ended.
   *
   * @param file the case
   * @return the result
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult run(CaseFile file) throws InterruptedException {
    return run(file, List.of());
  }

  /**
   * Runs a case of callflows with elements of your own. Blocks until it has ended.
   *
   * @param file the case
   * @param modules the elements; each replaces a built-in one, or one declared as a service, of the
   *     same name
   * @return the result
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult run(CaseFile file, List<CallflowModule> modules)
      throws InterruptedException {
    if (file.script().expected().logsNever().isEmpty()) {
      return CaseRun.of(file.script(), modules, List::of);
    }
    try (LogCapture log = LogBackend.capture()) {
      return CaseRun.of(file.script(), modules, log::lines);
    }
  }

  /**
   * Reads a case file and runs it. Blocks until it has ended.
   *
   * @param file the file, encoded in UTF-8
   * @return the result
   * @throws CaseFormatException if the file is not a valid case; the exception lists every problem
   * @throws IOException if the file cannot be read
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult run(Path file)
      throws CaseFormatException, IOException, InterruptedException {
    return run(CaseFile.read(file));
  }

  /**
   * Runs a case over the event socket of a simulated FreeSWITCH. Blocks until it has ended.
   *
   * <p>The engine, its event-socket client and server, and the simulated FreeSWITCH communicate
   * over in-memory connections and share one virtual clock. The result must be the same as that of
   * {@link #run}, with the same times.
   *
   * @param file the case
   * @return the result
   * @throws IOException if the simulated FreeSWITCH cannot be started
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult runOnWire(CaseFile file) throws IOException, InterruptedException {
    return runOnWire(file, List.of());
  }

  /**
   * Runs a case of callflows with elements of your own over the event socket of a simulated
   * FreeSWITCH. Blocks until it has ended.
   *
   * @param file the case
   * @param modules the elements; each replaces a built-in one, or one declared as a service, of the
   *     same name
   * @return the result
   * @throws IOException if the simulated FreeSWITCH cannot be started
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static CaseResult runOnWire(CaseFile file, List<CallflowModule> modules)
      throws IOException, InterruptedException {
    if (file.script().expected().logsNever().isEmpty()) {
      return WireRun.of(file.script(), modules, List::of);
    }
    try (LogCapture log = LogBackend.capture()) {
      return WireRun.of(file.script(), modules, log::lines);
    }
  }
}
