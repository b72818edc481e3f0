package dev.callflow.core.call;

import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.Map;

/**
 * The switch's side of one call: the port that an adapter implements.
 *
 * <p>No method blocks; each hands an order to the switch, in the order of the calls, and what comes
 * of it arrives as an event. After the leg has gone, orders but {@link #discard} do nothing.
 * Modules use {@link Call}, which waits for them.
 */
public interface Leg {

  /**
   * Returns the leg's id.
   *
   * @return the id, the same for the life of the leg
   */
  CallId id();

  /**
   * Returns where the leg's events arrive; read by the call's own thread only.
   *
   * @return the same inbox each time; closed with {@link LegEvent.HungUp}
   */
  Inbox<LegEvent> events();

  /**
   * Notes what happened to keys that {@link #events} has delivered, the oldest first: a question
   * has taken them, or they were discarded. For journals; does nothing unless overridden.
   *
   * @param keys the keys; {@code ?} stands for each that belongs to a secret or was not wanted
   */
  default void keysConsumed(String keys) {}

  /** Answers the call; does nothing if it is answered already. */
  void answer();

  /**
   * Begins to play something to the leg; ends with {@link LegEvent.PlaybackEnded}.
   *
   * @param media what to play; if it cannot be played the result is {@link PlayResult#MISSING}
   * @param keys whether a key ends it: the leg itself ends it then, nobody need call {@link #stop}
   * @param endless whether to begin again at its end, until stopped
   * @return the playback's id
   */
  PlaybackId play(Media media, KeyPolicy keys, boolean endless);

  /**
   * Begins to speak a text to the leg; ends with {@link LegEvent.PlaybackEnded}.
   *
   * @param text what to say, one line
   * @param voice the voice, or empty for the switch's default
   * @param language the language, or empty for the switch's default
   * @param engine the engine, or empty for the switch's default
   * @param keys whether a key ends it
   * @return the id of the playback
   */
  PlaybackId speak(String text, String voice, String language, String engine, KeyPolicy keys);

  /**
   * Ends a playback before its time; its end is reported as usual.
   *
   * @param playback which one; does nothing if it has ended
   */
  void stop(PlaybackId playback);

  /**
   * Begins to record the caller; ends with {@link LegEvent.RecordingEnded}, by a key, by silence or
   * at the longest time.
   *
   * @param name letters, digits, {@code -} and {@code _}: the name under which it is kept, and
   *     played as {@link Media.Recording}
   * @param longest how long it may become
   * @return the recording's id
   */
  RecordingId record(String name, Duration longest);

  /**
   * Deletes a recording, also after the leg has gone. A failure is not reported; the adapter logs
   * it.
   *
   * @param name the name it was recorded under
   */
  void discard(String name);

  /**
   * Sets variables on the leg.
   *
   * @param variables names of letters, digits, {@code _} and {@code -} that begin with {@code cav_}
   *     or {@code callflow_}, since a switch obeys others, and values of one line without {@code
   *     '}, backslashes and {@code $}; a name or value that the switch cannot take is passed over
   *     and logged
   */
  void set(Map<String, String> variables);

  /**
   * Keeps the leg's position where a later process of ours finds it: with the leg itself, signed.
   * Replaces the position that was kept before. Does nothing unless overridden.
   *
   * @param position where the call is
   */
  default void keep(Position position) {}

  /**
   * Sends the leg to a number as if it had dialled it, away from this callflow.
   *
   * @param number digits, {@code *}, {@code #} and {@code +}
   */
  void transfer(String number);

  /**
   * Hangs up. An unanswered call is refused with the cause.
   *
   * @param cause the cause that the other side gets
   */
  void hangup(HangupCause cause);
}
