package dev.callflow.simulator.time;

/** In which order things happen that are due at the same instant. */
public enum Phase {
  /** Calls arrive. */
  CALLS,
  /** Everything that has no phase of its own: timers, and waits that have come to their end. */
  WORK,
  /** Operators act, when all the above has settled. */
  OPERATORS,
  /** Somebody looks at what has become of it. */
  SNAPSHOTS
}
