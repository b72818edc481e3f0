package dev.callflow.simulator.time;

/** The order of events that are scheduled for the same instant. */
public enum Phase {
  /** Calls arrive. */
  CALLS,
  /** Timers and timeouts run: everything without a phase of its own. */
  WORK,
  /** Operators act, once everything above has settled. */
  OPERATORS,
  /** Observers inspect the result. */
  SNAPSHOTS
}
