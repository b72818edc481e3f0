package dev.callflow.simulator.time;

import java.util.Comparator;

/**
 * Something that happens at an instant.
 *
 * @param nanos when, since the start of time
 * @param phase its place among all that happen at the same instant
 * @param sequence its place within the phase: the order in which they were asked for
 * @param what what happens
 */
record Due(long nanos, Phase phase, long sequence, What what) implements Comparable<Due> {

  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::nanos)
          .thenComparing(Due::phase)
          .thenComparingLong(Due::sequence);

  /** What happens. */
  sealed interface What {

    /** The time of a wait is up. */
    record Deadline(Task task, Task.Waiting waiting) implements What {}

    /** A timer's task starts. */
    record Alarm(String name, Runnable task) implements What {}
  }

  @Override
  public int compareTo(Due other) {
    return ORDER.compare(this, other);
  }
}
