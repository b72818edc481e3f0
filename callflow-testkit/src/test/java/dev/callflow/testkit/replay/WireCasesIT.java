package dev.callflow.testkit.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every case a second time: engine, event socket, simulated FreeSWITCH. Many at once, since
 * they mostly wait; those that look at the log one by one before.
 */
class WireCasesIT {

  private static final int AT_ONCE = 16;

  private static final double FACTOR = 10;

  /** For what differed while the machine was busy. */
  private static final double ALONE = 2;

  /** Longer cases are run faster, so as to take no longer than this. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final Map<Path, CompletableFuture<CaseResult>> RESULTS = new ConcurrentHashMap<>();

  @BeforeAll
  static void runThemAll() throws Exception {
    // The first one is run on a cold machine, and for nothing.
    run(CaseFile.read(CasesTests.cases().getFirst()));
    Semaphore places = new Semaphore(AT_ONCE);
    for (Path path : CasesTests.cases()) {
      CaseFile file = CaseFile.read(path);
      if (!file.expectation().logsNever().isEmpty()) {
        RESULTS.put(path, CompletableFuture.completedFuture(run(file)));
      }
    }
    for (Path path : CasesTests.cases()) {
      CaseFile file = CaseFile.read(path);
      if (file.expectation().logsNever().isEmpty()) {
        CompletableFuture<CaseResult> result = new CompletableFuture<>();
        RESULTS.put(path, result);
        Thread.ofVirtual()
            .start(() -> {
              try {
                places.acquire();
                result.complete(run(file));
              } catch (Exception e) {
                result.completeExceptionally(e);
              } finally {
                places.release();
              }
            });
      }
    }
  }

  private static CaseResult run(CaseFile file) throws Exception {
    return CaseRunner.runOnWire(file, Math.max(FACTOR, planned(file).dividedBy(LONGEST)));
  }

  /** Roughly how long a case takes, by what its callers intend. */
  private static Duration planned(CaseFile file) {
    return file.calls().stream()
        .map(caller ->
            caller.does().stream().map(ScriptStep::after).reduce(caller.at(), Duration::plus))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  @ParameterizedTest
  @MethodSource("dev.callflow.testkit.replay.CasesTests#cases")
  void theCasePassesOverTheEventSocket(Path file) throws Exception {
    CaseResult result = RESULTS.get(file).get();
    if (!result.passed()) {
      // Alone and without haste: what still differs is a difference of the faces.
      CompletableFuture.allOf(RESULTS.values().toArray(CompletableFuture[]::new))
          .handle((done, failed) -> failed)
          .get();
      CaseFile again = CaseFile.read(file);
      result = CaseRunner.runOnWire(again, Math.max(ALONE, planned(again).dividedBy(LONGEST)));
    }
    result.orThrow();
  }
}
