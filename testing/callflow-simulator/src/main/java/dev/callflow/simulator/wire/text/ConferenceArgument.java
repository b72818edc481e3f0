package dev.callflow.simulator.wire.text;

import java.util.List;
import java.util.Optional;

/**
 * The argument of the {@code conference} application: {@code NAME@PROFILE+PIN+flags{a|b}}, or
 * {@code bridge:NAME:DIALSTRING} for a room that dials a party.
 *
 * @param room the room's name; may contain any character except {@code +}
 * @param profile the profile after the last {@code @}; {@code default} if there is none
 * @param flags the member flags
 * @param dials the dial string of the party to dial; empty if the room does not dial one
 */
public record ConferenceArgument(
    String room, String profile, List<String> flags, Optional<String> dials) {

  private static final String FLAGS = "+flags{";
  private static final String BRIDGE = "bridge:";
  private static final int MAX_FLAGS = 10;

  /** Copies the flags. */
  public ConferenceArgument {
    flags = List.copyOf(flags);
  }

  /**
   * Parses an argument.
   *
   * @param text the argument
   * @return the parsed argument; the room's name is empty if FreeSWITCH refuses the argument
   */
  public static ConferenceArgument of(String text) {
    int flagsAt = text.indexOf(FLAGS);
    String rest = flagsAt < 0 ? text : text.substring(0, flagsAt);
    String inFlags = flagsAt < 0 ? "" : text.substring(flagsAt + FLAGS.length());
    Optional<String> dials = Optional.empty();
    if (rest.regionMatches(true, 0, BRIDGE, 0, BRIDGE.length())) {
      String[] parts = rest.substring(BRIDGE.length()).split(":", 2);
      rest = parts.length < 2 ? "" : parts[0];
      dials = parts.length < 2 ? Optional.empty() : Optional.of(parts[1]);
    }
    rest = Words.withoutBlanks(rest).split("\\+", 2)[0];
    int at = rest.lastIndexOf('@');
    return new ConferenceArgument(
        at < 0 ? rest : rest.substring(0, at),
        at < 0 ? "default" : rest.substring(at + 1),
        flags(inFlags.split("}", 2)[0]),
        dials);
  }

  /**
   * Parses flags.
   *
   * @param text the flags, separated by {@code |} or {@code ,}
   * @return the flags, at most ten
   */
  public static List<String> flags(String text) {
    return Words.of(text.replace(',', '|'), '|', MAX_FLAGS);
  }
}
