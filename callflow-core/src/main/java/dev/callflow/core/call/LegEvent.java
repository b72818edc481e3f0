package dev.callflow.core.call;

/** An event on a leg. Events arrive in the order in which they happened. */
public sealed interface LegEvent {

  /**
   * A key was pressed.
   *
   * @param key the key, one of {@code 0-9 * # A-D}
   */
  record Dtmf(char key) implements LegEvent {

    /** Hides the key, because it may be part of a PIN. */
    @Override
    public String toString() {
      return "Dtmf[*]";
    }
  }

  /**
   * A playback or speech ended.
   *
   * @param playback the id of the playback
   * @param result how it ended
   */
  record PlaybackEnded(PlaybackId playback, PlayResult result) implements LegEvent {}

  /**
   * A recording of the caller's voice ended.
   *
   * @param recording the id of the recording
   * @param millis its length in milliseconds; 0 if nothing was recorded or the caller hung up
   */
  record RecordingEnded(RecordingId recording, long millis) implements LegEvent {}

  /**
   * The leg ended. This event is always delivered, and is always the last event of a leg.
   *
   * @param by the party that ended it
   * @param cause why it ended
   */
  record HungUp(EndedBy by, HangupCause cause) implements LegEvent {}

  /** A message from a module or an adapter to the call's own thread; opaque to the core. */
  non-sealed interface Signal extends LegEvent {}
}
