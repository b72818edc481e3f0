package dev.callflow.benchmarks.growth;

import dev.callflow.benchmarks.process.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints a table with a row for each thing that is done, and a column for each size. The first
 * column shows the CPU time that it takes at the smallest size; the others show how many times as
 * much it takes at larger sizes.
 *
 * <p>The sizes take turns, and the fastest round of each counts, so that background load affects
 * all of them equally.
 */
final class GrowthTable {

  private static final int WARM_UP = 3;
  private static final int ROUNDS = 9;
  private static final double SECONDS_PER_ROUND = 0.02;
  private static final double NANOS = 1e9;

  private final List<Integer> sizes;

  /** Prints the heading. */
  GrowthTable(String title, List<Integer> sizes) {
    this.sizes = List.copyOf(sizes);
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%n%-46s", title));
    for (int i = 0; i < sizes.size(); i++) {
      line.append(String.format(Locale.ROOT, i == 0 ? "%,14d" : "%,11d", sizes.get(i)));
    }
    System.out.println(line);
  }

  /** Measures and prints a row, by the CPU time of the thread that runs the steps. */
  void row(String name, List<? extends GrowthStep> bySize) {
    List<Double> fastest = new ArrayList<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int i = 0; i < sizes.size(); i++) {
        double nanos = nanos(bySize.get(i));
        if (round == 0) {
          fastest.add(nanos);
        } else if (round > 0) {
          fastest.set(i, Math.min(fastest.get(i), nanos));
        }
      }
    }
    StringBuilder line =
        new StringBuilder(
            String.format(Locale.ROOT, "%-46s%11.3f µs", name, fastest.getFirst() / 1_000));
    for (int i = 1; i < sizes.size(); i++) {
      line.append(String.format(Locale.ROOT, "%11.2f", fastest.get(i) / fastest.getFirst()));
    }
    System.out.println(line);
  }

  private static double nanos(GrowthStep step) {
    long done = 0;
    double start = Cost.threadSeconds();
    double took = 0;
    int batch = 1;
    while (took < SECONDS_PER_ROUND) {
      for (int i = 0; i < batch; i++) {
        done += step.run();
      }
      took = Cost.threadSeconds() - start;
      // Short steps are repeated, so that reading the clock costs little in comparison.
      batch = Math.min(batch * 2, 1_024);
    }
    return took * NANOS / done;
  }
}
