package dev.callflow.simulator.time;

import java.util.Comparator;

/**
 * An entry of the schedule: an action at an instant.
 *
 * @param nanos the instant, in nanoseconds since the start of virtual time
 * @param phase the position among the entries of the same instant
 * @param sequence the position within the phase: the order in which the entries were scheduled
 * @param what the action
 */
record Scheduled(long nanos, Phase phase, long sequence, What what)
    implements Comparable<Scheduled> {

  private static final Comparator<Scheduled> ORDER =
      Comparator.comparingLong(Scheduled::nanos)
          .thenComparing(Scheduled::phase)
          .thenComparingLong(Scheduled::sequence);

  /** The action of an entry. */
  sealed interface What {

    /** Ends a wait whose timeout has passed. */
    record Deadline(Task task, Task.Waiting waiting) implements What {}

    /** Starts the task of a timer. */
    record Alarm(String name, Runnable task) implements What {}
  }

  @Override
  public int compareTo(Scheduled other) {
    return ORDER.compare(this, other);
  }
}
