package dev.callflow.testkit.wire;

import dev.callflow.testkit.model.RoomRules;
import dev.callflow.testkit.model.RoomRules.Prompt;
import dev.callflow.testkit.model.RoomSettings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A conference profile: parameters as in FreeSWITCH's {@code conference.conf}.
 *
 * @param parameters values by name, such as {@code enter-sound}; those that make no difference
 *     without media are passed over
 */
public record RoomProfile(Map<String, String> parameters) {

  /** A profile that says nothing, as FreeSWITCH takes for an unknown one. */
  public static final RoomProfile PLAIN = new RoomProfile(Map.of());

  private static final int USUAL_ENERGY = 100;

  private static final Map<Prompt, String> PROMPTS =
      Map.of(Prompt.LOCKED, "locked-sound", Prompt.FULL, "max-members-sound");

  /** Copies the parameters. */
  public RoomProfile {
    parameters = Map.copyOf(parameters);
  }

  RoomRules rules() {
    Map<Prompt, String> prompts = new EnumMap<>(Prompt.class);
    PROMPTS.forEach((occasion, name) -> value(name).ifPresent(file -> prompts.put(occasion, file)));
    return new RoomRules(
        new RoomSettings(value("enter-sound"), value("exit-sound"), true, true), prompts);
  }

  /** How many may be in; as in FreeSWITCH, one is no limit. */
  OptionalInt mostMembers() {
    int most = value("max-members").map(WireCommand::number).orElse(0);
    return most < 2 ? OptionalInt.empty() : OptionalInt.of(most);
  }

  /** The group of keys that a member has unless he says otherwise. */
  String controls(boolean moderator) {
    String callers = value("caller-controls").orElse("default");
    return moderator ? value("moderator-controls").orElse(callers) : callers;
  }

  /** How loud members must be to be heard. */
  int energy() {
    return value("energy-level").map(WireCommand::number).orElse(USUAL_ENERGY);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Names the parameters only: one may be a PIN. */
  @Override
  public String toString() {
    return "RoomProfile" + parameters.keySet();
  }
}
