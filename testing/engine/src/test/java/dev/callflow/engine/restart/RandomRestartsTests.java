package dev.callflow.engine.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Hosts and FreeSWITCHes restart at random among calls, keys and requests. The host knows the real
 * state of the rooms after one interval, and nothing is left when everybody has hung up.
 *
 * <p>{@code -Dcallflow.restarts.seed=N} sets the first seed. {@code -Dcallflow.restarts.runs=N}
 * sets the number of runs.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomRestartsTests {

  private static final int AT_ONCE = 2;

  @Test
  void everythingIsKnownAndNothingIsLeftAfterRestarts() {
    runs(0);
  }

  @Test
  void everythingIsKnownAndNothingIsLeftAfterOtherRestarts() {
    runs(1);
  }

  private static void runs(int first) {
    long seed = Long.getLong("callflow.restarts.seed", 20_261_130);
    int runs = Integer.getInteger("callflow.restarts.runs", 4);
    for (int i = first; i < runs; i += AT_ONCE) {
      check(seed + i);
    }
  }

  private static void check(long seed) {
    List<String> faults;
    try {
      faults = new RandomRestarts(seed).faults();
    } catch (RuntimeException | IOException e) {
      throw new AssertionError("-Dcallflow.restarts.seed=" + seed, e);
    }
    assertThat(faults).as("-Dcallflow.restarts.seed=%d", seed).isEmpty();
  }
}
