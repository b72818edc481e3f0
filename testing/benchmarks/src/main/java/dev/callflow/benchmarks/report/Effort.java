package dev.callflow.benchmarks.report;

/**
 * How long and how much to measure.
 *
 * @param name the name of the mode
 * @param rounds the number of rounds; each figure is the median over all rounds
 * @param warmUp the CPU time of each subject before the first round, in seconds
 * @param round the CPU time of each subject in a round, in seconds
 * @param commands the number of round trips in a round
 * @param outbound the number of calls held at once
 * @param inbound the number of clients held at once
 * @param settling how long to wait for memory to be released, in seconds
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

  /** For a quick look; takes about a minute. */
  public static final Effort QUICK = new Effort("quick", 3, 2.5, 0.3, 2_000, 10_000, 50, 10);

  /** For figures to publish. */
  public static final Effort FULL = new Effort("full", 7, 8, 1, 10_000, 10_000, 200, 10);

  /** For tests, which check only that all suites run. */
  public static final Effort SMOKE = new Effort("smoke", 1, 0, 0, 50, 20, 2, 0);

  /**
   * Returns the same effort with another number of rounds.
   *
   * @param number the number of rounds
   * @return the effort
   */
  public Effort withRounds(int number) {
    return new Effort(name, number, warmUp, round, commands, outbound, inbound, settling);
  }
}
