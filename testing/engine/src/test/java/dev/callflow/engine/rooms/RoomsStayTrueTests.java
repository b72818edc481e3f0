package dev.callflow.engine.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The mixer changes at random. The line drops, duplicates, delays and reorders events, and
 * operators repeat their requests. Nevertheless, the known state of the rooms is correct after one
 * interval, and no action has been performed twice.
 *
 * <p>{@code -Dcallflow.rooms.seed=N} repeats one run. {@code -Dcallflow.rooms.runs=N} sets the
 * number of runs.
 */
class RoomsStayTrueTests {

  private static final long FIRST_SEED = 20_261_124;

  @Test
  void theKnownStateOfRoomsIsCorrectAfterOneInterval() throws Exception {
    long seed = Long.getLong("callflow.rooms.seed", FIRST_SEED);
    boolean one = System.getProperty("callflow.rooms.seed") != null;
    int runs = Integer.getInteger("callflow.rooms.runs", one ? 1 : 300);
    // Run on virtual threads, because each run constantly hands over to other virtual threads.
    AtomicLong next = new AtomicLong(seed);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        all.add(
            threads.submit(() -> {
              for (long run = next.getAndIncrement();
                  run < seed + runs;
                  run = next.getAndIncrement()) {
                check(run);
              }
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private static void check(long seed) {
    List<String> differences;
    try {
      differences = new RandomRun(seed).differences();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      throw new AssertionError("-Dcallflow.rooms.seed=" + seed, e);
    }
    assertThat(differences).as("-Dcallflow.rooms.seed=%d", seed).isEmpty();
  }
}
