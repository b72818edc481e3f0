package dev.callflow.conference.visit;

import dev.callflow.conference.mixer.MemberFlag;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A participant's progress through the conference element. It is stored with their leg, so that a
 * restarted host can continue there (docs/spec/conference.md#when-the-host-restarts). Contains no
 * PIN.
 */
public sealed interface Step {

  /** The id of the conference. */
  String conference();

  /**
   * The caller is asked for a PIN.
   *
   * @param moderatorByNumber whether the entered number makes the caller a moderator; empty if it
   *     does not decide the role
   * @param tries the number of wrong PINs that they have entered
   */
  record Pin(String conference, Optional<Boolean> moderatorByNumber, int tries) implements Step {}

  /**
   * The caller's role is decided, but they have not entered the room; they may be waiting for a
   * moderator.
   */
  record Outside(String conference, boolean moderator) implements Step {}

  /**
   * The participant is entering the room or is in it.
   *
   * @param moderator whether they entered as a moderator
   * @param invitation the member flags that an operator specified when dialling or moving them;
   *     empty for callers
   */
  record Inside(String conference, boolean moderator, Optional<Set<MemberFlag>> invitation)
      implements Step {}

  /** Returns the step as text values by name. */
  default Map<String, String> words() {
    Map<String, String> words = new HashMap<>();
    words.put("conference", conference());
    switch (this) {
      case Pin pin -> {
        words.put("step", "pin");
        words.put("tries", String.valueOf(pin.tries()));
        pin.moderatorByNumber().ifPresent(role -> words.put("moderator", String.valueOf(role)));
      }
      case Outside outside -> {
        words.put("step", "outside");
        words.put("moderator", String.valueOf(outside.moderator()));
      }
      case Inside inside -> {
        words.put("step", "inside");
        words.put("moderator", String.valueOf(inside.moderator()));
        inside
            .invitation()
            .ifPresent(flags ->
                words.put(
                    "flags",
                    flags.stream().map(Enum::name).sorted().collect(Collectors.joining(","))));
      }
    }
    return words;
  }

  /** Reads the values that {@link #words} returns; returns empty if they do not describe a step. */
  static Optional<Step> read(Map<String, String> words) {
    String conference = words.getOrDefault("conference", "");
    boolean moderator = Boolean.parseBoolean(words.get("moderator"));
    return switch (words.getOrDefault("step", "")) {
      case "pin" ->
          Optional.of(
              new Pin(
                  conference,
                  Optional.ofNullable(words.get("moderator")).map(Boolean::parseBoolean),
                  tries(words.getOrDefault("tries", "0"))));
      case "outside" -> Optional.of(new Outside(conference, moderator));
      case "inside" ->
          Optional.of(
              new Inside(
                  conference, moderator, Optional.ofNullable(words.get("flags")).map(Step::flags)));
      default -> Optional.empty();
    };
  }

  private static int tries(String text) {
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
  }

  private static Set<MemberFlag> flags(String names) {
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
    for (MemberFlag flag : MemberFlag.values()) {
      if (Set.of(names.split(",")).contains(flag.name())) {
        flags.add(flag);
      }
    }
    return flags;
  }
}
