package dev.callflow.core.call;

/** The effect of a key press on a playback. */
public enum KeyPolicy {
  /** The first key ends the playback; keys are kept for the next prompt. */
  INTERRUPT,
  /** The playback continues to its end; keys are kept for the next prompt. */
  WAIT
}
