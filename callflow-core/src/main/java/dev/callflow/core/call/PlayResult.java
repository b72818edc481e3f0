package dev.callflow.core.call;

/** How a playback ended. */
public enum PlayResult {
  /** The media was played to its end. */
  PLAYED,
  /** A key or a command ended the playback. */
  INTERRUPTED,
  /** The media does not exist or could not be played; the caller heard nothing. */
  MISSING
}
