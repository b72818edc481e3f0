package dev.callflow.core.call;

/** How a playback ended. */
public enum PlayResult {
  /** It was played to its end. */
  PLAYED,
  /** A key or a command ended it. */
  INTERRUPTED,
  /** There is no such medium, or it could not be played; nothing was heard. */
  MISSING
}
