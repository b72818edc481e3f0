package dev.callflow.core.call;

/** What a key does to a playback. */
public enum KeyPolicy {
  /** The first key ends it; keys are kept for the next question. */
  INTERRUPT,
  /** It is played to its end; keys are kept for the next question. */
  WAIT
}
