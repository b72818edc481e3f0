package dev.callflow.testkit.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every case a second time: engine, event socket, simulated FreeSWITCH. Many at once, since
 * they mostly wait. Those that look at the log find there what all of them have written; which of
 * them it was is seen when one that has failed is run alone.
 */
class WireCasesIT {

  private static final int AT_ONCE = 32;

  private static final double FACTOR = 10;

  /** For what differed while the machine was busy. */
  private static final double ALONE = 5;

  /** Longer cases are run faster, so as to take no longer than this. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private record Wired(CaseFile file, CompletableFuture<CaseResult> result) {}

  private static final Map<Path, Wired> CASES = new LinkedHashMap<>();

  @BeforeAll
  static void runThemAll() throws Exception {
    for (Path path : CasesTests.cases()) {
      CASES.put(path, new Wired(CaseFile.read(path), new CompletableFuture<>()));
    }
    // The first one is run on a cold machine, and for nothing.
    run(CASES.values().iterator().next().file(), List::of);
    Map<Boolean, List<Wired>> byLog =
        CASES.values().stream()
            .sorted(Comparator.comparing((Wired it) -> planned(it.file())).reversed())
            .collect(
                Collectors.partitioningBy(it -> !it.file().expectation().logsNever().isEmpty()));
    try (LogCapture log = LogCapture.open()) {
      runAtOnce(byLog.get(true), log::lines);
    }
    runAtOnce(byLog.get(false), List::of);
  }

  private static void runAtOnce(List<Wired> cases, Supplier<List<String>> logLines)
      throws InterruptedException {
    Semaphore places = new Semaphore(AT_ONCE);
    for (Wired each : cases) {
      places.acquire();
      Thread.ofVirtual()
          .start(() -> {
            try {
              each.result().complete(run(each.file(), logLines));
            } catch (Exception e) {
              each.result().completeExceptionally(e);
            } finally {
              places.release();
            }
          });
    }
    places.acquire(AT_ONCE);
  }

  private static CaseResult run(CaseFile file, Supplier<List<String>> logLines) throws Exception {
    return WireRun.of(file, Math.max(FACTOR, planned(file).dividedBy(LONGEST)), logLines);
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
  void theCasePassesOverTheEventSocket(Path path) throws Exception {
    CaseFile file = CASES.get(path).file();
    CaseResult result = CASES.get(path).result().get();
    if (!result.passed()) {
      // Alone and without haste: what still differs is a difference of the faces.
      result = CaseRunner.runOnWire(file, Math.max(ALONE, planned(file).dividedBy(LONGEST)));
    }
    result.orThrow();
  }
}
