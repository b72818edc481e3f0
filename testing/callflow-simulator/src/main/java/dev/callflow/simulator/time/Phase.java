package dev.callflow.simulator.time;

/** The order of events that are scheduled for the same instant. */
public enum Phase {
  /** Calls arrive. */
  CALLS,
  /** Timers and timeouts expire. Everything without a phase of its own belongs here. */
  WORK,
  /** Operators act, once the earlier phases have settled. */
  OPERATORS,
  /** Observers inspect the result. */
  SNAPSHOTS
}
