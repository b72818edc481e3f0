package dev.callflow.simulator.model;

import dev.callflow.core.call.HangupCause;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A dialplan application that a channel can execute. */
public sealed interface Application {

  /** Answers the channel; takes no time. */
  record Answer() implements Application {}

  /** Lets the caller hear early media before the answer; takes no time. */
  record PreAnswer() implements Application {}

  /** Signals ringing; takes no time. */
  record Ring() implements Application {}

  /**
   * Plays a file or stream; takes as long as the media item lasts, but no longer than the limit.
   *
   * @param file the file, as it is named in the media library; several files are separated by
   *     {@code !}
   * @param terminators the keys that stop the playback; empty for none
   * @param endless whether to repeat the file until stopped
   * @param limit the maximum length of the playback; empty for no limit
   */
  record Playback(String file, String terminators, boolean endless, Optional<Duration> limit)
      implements Application {

    /**
     * Creates a playback without a limit.
     *
     * @param file the file, as it is named in the media library; several files are separated by
     *     {@code !}
     * @param terminators the keys that stop the playback; empty for none
     * @param endless whether to repeat the file until stopped
     */
    public Playback(String file, String terminators, boolean endless) {
      this(file, terminators, endless, Optional.empty());
    }

    /** All keys. */
    public static final String ANY_KEY = "0123456789*#ABCD";
  }

  /**
   * Speaks text; takes as long as the media library specifies for the text.
   *
   * @param engine the speech engine, or empty for the default
   * @param voice the voice, or empty for the default
   * @param text the text to speak
   * @param terminators the keys that stop the speech; empty for none
   */
  record Speak(String engine, String voice, String text, String terminators)
      implements Application {}

  /**
   * Collects digits. Plays a prompt that the first key stops, then waits for an entry; asks again
   * if the entry is too short or does not match the pattern. Afterwards {@code read_result} is
   * {@code success}, {@code timeout} (a timeout ended a valid entry) or {@code failure}, and {@code
   * read_terminator_used} holds the terminator if one was pressed.
   *
   * @param prompt the file to play first; empty for none
   * @param invalidPrompt the file to play after each invalid entry; empty for none
   * @param minDigits the minimum number of digits
   * @param maxDigits the number of digits that completes the entry
   * @param tries the maximum number of attempts
   * @param terminators the keys that end the entry and are not part of it
   * @param firstTimeout the time to wait for the first digit after the prompt
   * @param betweenTimeout the time to wait for each further digit
   * @param variable the channel variable that holds the last entry, valid or not; unset if nothing
   *     was entered
   * @param pattern a regular expression that must match a part of the entry
   */
  record Collect(
      String prompt,
      String invalidPrompt,
      int minDigits,
      int maxDigits,
      int tries,
      String terminators,
      Duration firstTimeout,
      Duration betweenTimeout,
      String variable,
      String pattern)
      implements Application {

    /**
     * Collects any digits in a single attempt.
     *
     * @param prompt the file to play first; empty for none
     * @param maxDigits the number of digits that completes the entry
     * @param terminators the keys that end the entry and are not part of it
     * @param firstTimeout the time to wait for the first digit after the prompt
     * @param betweenTimeout the time to wait for each further digit
     * @param variable the channel variable that holds the entry
     * @return the application
     */
    public static Collect once(
        String prompt,
        int maxDigits,
        String terminators,
        Duration firstTimeout,
        Duration betweenTimeout,
        String variable) {
      return new Collect(
          prompt, "", 0, maxDigits, 1, terminators, firstTimeout, betweenTimeout, variable, "");
    }
  }

  /**
   * Records the voice of the channel's far end until a terminator key, silence or the maximum
   * length ends it.
   *
   * @param path the file to record to
   * @param terminators the keys that end the recording
   * @param maxLength the maximum length
   * @param silence the length of the silence that ends the recording; zero if silence does not end
   *     it
   */
  record Record(String path, String terminators, Duration maxLength, Duration silence)
      implements Application {}

  /**
   * Waits.
   *
   * @param duration the time to wait
   */
  record Sleep(Duration duration) implements Application {}

  /**
   * Sets or unsets variables; takes no time.
   *
   * @param variables the values by name; an empty value unsets the variable
   */
  record Assign(Map<String, String> variables) implements Application {

    /** Copies the variables, keeping their order. */
    public Assign {
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /**
   * Hangs up; takes no time.
   *
   * @param cause the hangup cause
   */
  record HangUp(HangupCause cause) implements Application {}

  /**
   * Joins a room, creating it if necessary; lasts until the channel leaves the room.
   *
   * @param room the room's name on the switch
   * @param profile the profile with which the room is created
   * @param flags the member flags, as FreeSWITCH names them, such as {@code mute}, {@code
   *     moderator}, {@code ghost}, {@code join-only}; unknown flags are kept and have no effect
   * @param rules the mixer's automatic behaviour in the room; applies if this channel creates the
   *     room
   * @param keys the actions that the member's keys trigger, by key sequence
   * @param levels the member's initial levels
   * @param silent whether the channel joins unannounced; applies to the first room that the channel
   *     joins
   * @param enterSound the sound that the room hears when the channel joins; empty for the room's
   *     own sound
   * @param exitSound the sound that the room hears when the channel leaves; empty for the room's
   *     own sound
   * @param maxMembers the maximum number of members; applies if this channel creates the room
   * @param enforced whether the room's lock and PINs apply to this channel
   * @param keep whether the channel stays up when the room ends ({@code
   *     hangup_after_conference=false})
   */
  record Join(
      String room,
      String profile,
      Set<String> flags,
      SimRoomRules rules,
      Map<String, SimKeyAction> keys,
      Levels levels,
      boolean silent,
      Optional<String> enterSound,
      Optional<String> exitSound,
      OptionalInt maxMembers,
      boolean enforced,
      boolean keep)
      implements Application {

    /**
     * The levels of a member.
     *
     * @param energy the energy threshold above which the member is heard, 0 to 1800
     * @param volumeIn the volume at which the room hears the member, -4 to 4
     * @param volumeOut the volume at which the member hears the room, -4 to 4
     */
    public record Levels(int energy, int volumeIn, int volumeOut) {

      /** The levels of a member for whom none are specified. */
      static final Levels DEFAULT = new Levels(100, 0, 0);
    }

    /** Copies the flags and the keys. */
    public Join {
      flags = Set.copyOf(flags);
      keys = Map.copyOf(keys);
    }

    /**
     * Joins a room that has no sounds of its own.
     *
     * @param room the room's name on the switch
     * @param profile the profile with which the room is created
     * @param flags the member flags, as FreeSWITCH names them
     * @param enterSound the sound that the room hears when the channel joins; empty for silence
     * @param exitSound the sound that the room hears when the channel leaves; empty for silence
     * @param maxMembers the maximum number of members; applies if this channel creates the room
     * @param enforced whether the room's lock and PINs apply to this channel
     * @param keep whether the channel stays up when the room ends
     */
    public Join(
        String room,
        String profile,
        Set<String> flags,
        Optional<String> enterSound,
        Optional<String> exitSound,
        OptionalInt maxMembers,
        boolean enforced,
        boolean keep) {
      this(
          room,
          profile,
          flags,
          SimRoomRules.DEFAULT,
          Map.of(),
          Levels.DEFAULT,
          false,
          enterSound,
          exitSound,
          maxMembers,
          enforced,
          keep);
    }
  }

  /**
   * Ends all applications of the channel and transfers it to another extension.
   *
   * @param number the extension, or a list of applications
   * @param inline whether {@code number} is a list of applications (dialplan {@code inline})
   */
  record Transfer(String number, boolean inline) implements Application {}

  /** Waits until the channel hangs up or is transferred. */
  record Park() implements Application {}

  /** Plays the far end's own voice back to it until the channel ends. */
  record Echo() implements Application {}

  /**
   * An application that code outside the switch carries out, such as {@code socket}. Lasts until
   * {@link dev.callflow.simulator.SimulatedSwitch#finish} is called or the channel ends.
   *
   * @param parked whether the channel is parked while the application runs; if not, the application
   *     occupies the channel's own thread, and after a hangup the channel is destroyed only when
   *     the application has ended
   */
  record External(boolean parked) implements Application {}

  /**
   * Returns whether the application needs media. FreeSWITCH lets the caller of an unanswered call
   * hear early media before such an application starts.
   *
   * @return whether the application needs media
   */
  default boolean needsMedia() {
    return switch (this) {
      case Playback playback -> true;
      case Speak speak -> true;
      case Collect collect -> true;
      case Record record -> true;
      case Join join -> true;
      case Echo echo -> true;
      case Answer answer -> false;
      case PreAnswer preAnswer -> false;
      case Ring ring -> false;
      case Sleep sleep -> false;
      case Assign assign -> false;
      case HangUp hangUp -> false;
      case Transfer transfer -> false;
      case Park park -> false;
      case External external -> false;
    };
  }
}
