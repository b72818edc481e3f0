package dev.callflow.testkit.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A random true mixer, a line that drops, doubles, delays and reorders, and operators who repeat
 * themselves: after one interval what is known of the rooms is what is there, and nobody was acted
 * upon twice.
 *
 * <p>{@code -Dcallflow.rooms.seed=N} repeats one run, {@code -Dcallflow.rooms.runs=N} makes more or
 * fewer.
 */
class RoomsStayTrueTests {

  private static final long FIRST_SEED = 20_261_124;

  @Test
  void whatIsKnownOfRoomsIsWhatIsThereAfterOneInterval() throws Exception {
    long seed = Long.getLong("callflow.rooms.seed", FIRST_SEED);
    boolean one = System.getProperty("callflow.rooms.seed") != null;
    int runs = Integer.getInteger("callflow.rooms.runs", one ? 1 : 1_000);
    // On virtual threads, since runs hand over to virtual threads all the time.
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
