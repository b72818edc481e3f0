package dev.callflow.host;

/** What happens to the calls that are still in progress when {@link Callflow} closes. */
public enum Closing {

  /**
   * The calls continue in FreeSWITCH, so that the next process with the same position key can take
   * them over: participants stay in their rooms and hear no difference, and other callers continue
   * in the dialplan, which tries to reach a host for 30 seconds.
   *
   * <p>This needs a position key. Without one, the next process could not continue the calls, so
   * they are hung up, as with {@link #HANG_UP}.
   */
  HAND_OVER,

  /** The calls are hung up, and so rooms end. */
  HANG_UP
}
