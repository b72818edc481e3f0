package dev.callflow.core.call;

import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.Map;

/**
 * One leg of a call: the interface that the adapter for a switch implements.
 *
 * <p>No method blocks. Commands are sent to the switch in the order of the method calls; their
 * results arrive as events. After the leg has ended, all commands except {@link #discard} do
 * nothing. Modules use {@link Call}, which waits for the results.
 */
public interface Leg {

  /**
   * Returns the leg's id.
   *
   * @return the id, which never changes
   */
  CallId id();

  /**
   * Returns the inbox of the leg's events; only the call's own thread reads it.
   *
   * @return the inbox, always the same one; {@link LegEvent.HungUp} is the last event in it
   */
  Inbox<LegEvent> events();

  /**
   * Called when keys that {@link #events} delivered have been consumed or discarded. Used by
   * journals; does nothing unless overridden.
   *
   * @param keys the keys, oldest first; {@code ?} represents each key that is secret or was
   *     discarded
   */
  default void keysConsumed(String keys) {}

  /** Answers the call; does nothing if it has already been answered. */
  void answer();

  /**
   * Starts a playback on the leg; {@link LegEvent.PlaybackEnded} reports its end.
   *
   * @param media the media; if it cannot be played, the result is {@link PlayResult#MISSING}
   * @param keys whether a key ends the playback; the leg then stops it without a call to {@link
   *     #stop}
   * @param endless whether to repeat the media until the playback is stopped
   * @return the playback's id
   */
  PlaybackId play(Media media, KeyPolicy keys, boolean endless);

  /**
   * Starts to speak text on the leg; {@link LegEvent.PlaybackEnded} reports the end.
   *
   * @param text the text, on a single line
   * @param voice the voice; empty for the switch's default
   * @param language the language; empty for the switch's default
   * @param engine the speech engine; empty for the switch's default
   * @param keys whether a key ends the speech
   * @return the id of the playback
   */
  PlaybackId speak(String text, String voice, String language, String engine, KeyPolicy keys);

  /**
   * Stops a playback; {@link LegEvent.PlaybackEnded} still reports its end. Does nothing if the
   * playback has ended.
   *
   * @param playback the id of the playback
   */
  void stop(PlaybackId playback);

  /**
   * Starts to record the caller. A key, silence or the maximum length ends the recording, and
   * {@link LegEvent.RecordingEnded} reports its end.
   *
   * @param name the name of the recording: letters, digits, {@code -} and {@code _}; {@link
   *     Media.Recording} plays it by this name
   * @param maxLength the maximum length of the recording
   * @return the recording's id
   */
  RecordingId record(String name, Duration maxLength);

  /**
   * Deletes a recording; also works after the leg has ended. The adapter logs a failure but does
   * not report it.
   *
   * @param name the name of the recording
   */
  void discard(String name);

  /**
   * Sets variables on the leg.
   *
   * @param variables the values by name. A name consists of letters, digits, {@code _} and {@code
   *     -} and begins with {@code cav_} or {@code callflow_}, because other variables control the
   *     switch. A value is a single line without {@code '}, backslashes or {@code $}. Invalid names
   *     and values are logged and ignored.
   */
  void set(Map<String, String> variables);

  /**
   * Stores a position with the leg, so that a restarted host finds it there; replaces the previous
   * position. Does nothing by default.
   *
   * @param position where the call is
   */
  default void keep(Position position) {}

  /**
   * Called before the call of this leg continues at a position that an earlier process stored. Used
   * by journals; does nothing unless overridden.
   *
   * @param position where the call continues
   */
  default void continuesAt(Position position) {}

  /**
   * Transfers the leg to a number, out of this callflow, as if the leg had dialled the number.
   *
   * @param number the number: digits, {@code *}, {@code #} and {@code +}
   */
  void transfer(String number);

  /**
   * Hangs up. An unanswered call is refused with the cause.
   *
   * @param cause the cause that the other party receives
   */
  void hangup(HangupCause cause);
}
