package dev.callflow.benchmarks.report;

/**
 * How long to measure.
 *
 * @param name what it is called
 * @param rounds how often each subject has its turn; the median counts
 * @param warmUp seconds of CPU time for each, before the first round
 * @param round seconds of CPU time for each, in a round
 * @param commands round trips in a round
 * @param outbound calls held at once
 * @param inbound clients held at once
 * @param settling seconds that memory may need to be given back
 */
public record Effort(
    String name,
    int rounds,
    double warmUp,
    double round,
    int commands,
    int outbound,
    int inbound,
    int settling) {

  /** For a look, about a minute. */
  public static final Effort QUICK = new Effort("quick", 3, 2.5, 0.3, 2_000, 10_000, 50, 10);

  /** For figures to be published. */
  public static final Effort FULL = new Effort("full", 7, 8, 1, 10_000, 10_000, 200, 10);

  /** For a test that everything runs. */
  public static final Effort SMOKE = new Effort("smoke", 1, 0, 0, 50, 20, 2, 0);
}
