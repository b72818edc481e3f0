package dev.callflow.core.call;

/** What happens to a leg while its call is being handled, in the order in which it happened. */
public sealed interface LegEvent {

  /**
   * A key was pressed.
   *
   * @param key one of {@code 0-9 * # A-D}
   */
  record Digit(char key) implements LegEvent {

    /** Hides the key: it may be part of a PIN. */
    @Override
    public String toString() {
      return "Digit[*]";
    }
  }

  /**
   * A playback or speech has ended.
   *
   * @param playback which one
   * @param result how it ended
   */
  record PlaybackEnded(PlaybackId playback, PlayResult result) implements LegEvent {}

  /**
   * A recording of the caller's voice has ended.
   *
   * @param recording which one
   * @param millis how long it is; 0 if nothing was recorded, or if the caller has hung up meanwhile
   */
  record RecordingEnded(RecordingId recording, long millis) implements LegEvent {}

  /**
   * The leg is gone. Always the last event of a leg, and always delivered.
   *
   * @param by who ended it
   * @param cause why
   */
  record HungUp(EndedBy by, HangupCause cause) implements LegEvent {}

  /**
   * Something that a module or its port tells the call's own thread; core does not look into it.
   */
  non-sealed interface Signal extends LegEvent {}
}
