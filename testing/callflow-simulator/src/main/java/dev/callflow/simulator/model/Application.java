package dev.callflow.simulator.model;

import dev.callflow.core.call.HangupCause;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a channel can be told to execute: the dialplan applications that the switch has. */
public sealed interface Application {

  /** Answers the channel; takes no time. */
  record Answer() implements Application {}

  /** Says that the channel rings; takes no time. */
  record Ring() implements Application {}

  /**
   * Plays a file or stream; takes as long as the medium is.
   *
   * @param file what to play, as the library knows it; parts are separated by {@code !}
   * @param terminators the keys that end it; empty for none
   * @param endless whether to begin again at its end, until stopped
   */
  record Playback(String file, String terminators, boolean endless) implements Application {

    /** All the keys there are. */
    public static final String ANY_KEY = "0123456789*#ABCD";
  }

  /**
   * Speaks a text; takes as long as the library says for the text.
   *
   * @param engine the engine, or empty for the default
   * @param voice the voice, or empty for the default
   * @param text what to say
   * @param terminators the keys that end it; empty for none
   */
  record Speak(String engine, String voice, String text, String terminators)
      implements Application {}

  /**
   * Asks for digits: plays a prompt that stops at the first key, and collects; asks again when the
   * entry is too short or does not fit. Afterwards {@code read_result} is {@code success}, {@code
   * timeout} (an entry that the time between digits has ended) or {@code failure}, and a terminator
   * that was pressed stands in {@code read_terminator_used}.
   *
   * @param prompt what to play first; empty for nothing
   * @param invalid what to play after each entry that is no good; empty for nothing
   * @param least how many digits an entry must have
   * @param most how many digits end the entry
   * @param tries how often to ask
   * @param terminators the keys that end the entry and are not part of it
   * @param first how long to wait for the first digit after the prompt
   * @param between how long to wait for each further digit
   * @param variable the channel variable that holds what was entered last, good or not; unset if
   *     nothing was
   * @param pattern what an entry must be like, as a regular expression for a part of it
   */
  record Collect(
      String prompt,
      String invalid,
      int least,
      int most,
      int tries,
      String terminators,
      Duration first,
      Duration between,
      String variable,
      String pattern)
      implements Application {

    /**
     * Asks once, for any digits.
     *
     * @param prompt what to play first; empty for nothing
     * @param most how many digits end the entry
     * @param terminators the keys that end the entry and are not part of it
     * @param first how long to wait for the first digit after the prompt
     * @param between how long to wait for each further digit
     * @param variable the channel variable that holds what was entered
     * @return the question
     */
    public static Collect once(
        String prompt,
        int most,
        String terminators,
        Duration first,
        Duration between,
        String variable) {
      return new Collect(prompt, "", 0, most, 1, terminators, first, between, variable, "");
    }
  }

  /**
   * Records the channel's own voice; ends by a key, by silence or at the longest time.
   *
   * @param path the file
   * @param terminators the keys that end it
   * @param longest how long it may become
   * @param silence after how much silence it ends; zero for never
   */
  record Record(String path, String terminators, Duration longest, Duration silence)
      implements Application {}

  /**
   * Waits.
   *
   * @param duration how long
   */
  record Sleep(Duration duration) implements Application {}

  /**
   * Sets or unsets variables; takes no time.
   *
   * @param variables values by name; an empty value unsets
   */
  record Assign(Map<String, String> variables) implements Application {

    /** Copies the variables, in their order. */
    public Assign {
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /**
   * Hangs up; takes no time.
   *
   * @param cause why
   */
  record HangUp(HangupCause cause) implements Application {}

  /**
   * Puts the channel into a room, creating it if need be; lasts as long as the channel is in.
   *
   * @param room the room's name in the switch
   * @param profile the profile with which the room is created
   * @param flags member flags in FreeSWITCH's words, such as {@code mute}, {@code moderator},
   *     {@code ghost}, {@code join-only}; words without a meaning are kept and do nothing
   * @param rules what the mixer does by itself in the room if this channel creates it
   * @param keys what the channel's keys do in the room
   * @param levels what the member is like at first
   * @param silent whether the channel comes in unannounced, if this is its first room
   * @param enterSound what the room hears when the channel comes in; empty for what the room has
   * @param exitSound what the room hears when it leaves; empty for what the room has
   * @param maxMembers how many may be in; counts on the creating channel only
   * @param enforced whether a locked room refuses this channel
   * @param keep whether the channel lives on when the room is destroyed under it ({@code
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
     * How loud a member is.
     *
     * @param energy how loud it must be to be heard, 0 to 1800
     * @param volumeIn how loud it is heard, -4 to 4
     * @param volumeOut how loud it hears, -4 to 4
     */
    public record Levels(int energy, int volumeIn, int volumeOut) {

      /** As a member is who says nothing. */
      static final Levels USUAL = new Levels(100, 0, 0);
    }

    /** Copies the flags and the keys. */
    public Join {
      flags = Set.copyOf(flags);
      keys = Map.copyOf(keys);
    }

    /**
     * Joins a room that has no sounds of its own.
     *
     * @param room the room's name in the switch
     * @param profile the profile with which the room is created
     * @param flags member flags in FreeSWITCH's words
     * @param enterSound what the room hears when the channel comes in; empty for silence
     * @param exitSound what the room hears when it leaves; empty for silence
     * @param maxMembers how many may be in; counts on the creating channel only
     * @param enforced whether a locked room refuses this channel
     * @param keep whether the channel lives on when the room is destroyed under it
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
          SimRoomRules.USUAL,
          Map.of(),
          Levels.USUAL,
          false,
          enterSound,
          exitSound,
          maxMembers,
          enforced,
          keep);
    }
  }

  /**
   * Sends the channel to another extension; ends everything that it executes.
   *
   * @param number the extension, or the applications themselves
   * @param inline whether it is the applications (dialplan {@code inline})
   */
  record Transfer(String number, boolean inline) implements Application {}

  /** Waits until the channel ends or is sent elsewhere. */
  record Park() implements Application {}

  /** Sends the channel's own voice back until the channel ends. */
  record Echo() implements Application {}

  /**
   * Something that a face carries out itself, such as {@code socket}: lasts until {@link
   * dev.callflow.simulator.SimulatedSwitch#finish} or the end of the channel.
   *
   * @param parked whether the channel is parked meanwhile; if not, its own thread is in there, and
   *     a channel that hangs up is gone only when that comes back
   */
  record External(boolean parked) implements Application {}
}
