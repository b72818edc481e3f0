package dev.callflow.core.call;

/** The party that ended a call. */
public enum EndedBy {
  /** The caller hung up. */
  CALLER,
  /** The dialled party hung up. */
  CALLEE,
  /** Callflow hung up. */
  ENGINE,
  /** The switch ended the call, or the connection to the switch was lost. */
  SWITCH
}
