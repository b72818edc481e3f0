package dev.callflow.core.call;

/** Who ended a call. */
public enum EndedBy {
  /** The caller hung up. */
  CALLER,
  /** The dialled party hung up. */
  CALLEE,
  /** We hung up. */
  ENGINE,
  /** The switch ended it, or was lost. */
  SWITCH
}
