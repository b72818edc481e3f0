package dev.callflow.simulator.wire.call;

import dev.callflow.simulator.model.RoomSettings;
import dev.callflow.simulator.model.SimPins;
import dev.callflow.simulator.model.SimRoomRules;
import dev.callflow.simulator.model.SimRoomRules.Prompt;
import dev.callflow.simulator.wire.setup.SimRoomProfile;
import dev.callflow.simulator.wire.text.CNumber;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Interprets the parameters of a conference profile. */
record ProfileReader(SimRoomProfile profile) {

  private static final int DEFAULT_ENERGY = 100;

  private static final Map<Prompt, String> PROMPTS =
      Map.ofEntries(
          Map.entry(Prompt.LOCKED, "locked-sound"),
          Map.entry(Prompt.FULL, "max-members-sound"),
          Map.entry(Prompt.PIN, "pin-sound"),
          Map.entry(Prompt.BAD_PIN, "bad-pin-sound"),
          Map.entry(Prompt.KICKED, "kicked-sound"),
          Map.entry(Prompt.MUTED, "muted-sound"),
          Map.entry(Prompt.UNMUTED, "unmuted-sound"),
          Map.entry(Prompt.DEAF, "deaf-sound"),
          Map.entry(Prompt.UNDEAF, "undeaf-sound"),
          Map.entry(Prompt.ALONE, "alone-sound"),
          Map.entry(Prompt.MUSIC, "moh-sound"),
          Map.entry(Prompt.IS_LOCKED, "is-locked-sound"),
          Map.entry(Prompt.IS_UNLOCKED, "is-unlocked-sound"));

  /**
   * Returns the rules for a new room.
   *
   * @param flags the conference flags that apply in addition to the profile's
   */
  SimRoomRules rules(Set<String> flags) {
    Map<Prompt, String> prompts = new EnumMap<>(Prompt.class);
    PROMPTS.forEach((occasion, name) -> value(name).ifPresent(file -> prompts.put(occasion, file)));
    return new SimRoomRules(
        new RoomSettings(value("enter-sound"), value("exit-sound"), true, true),
        prompts,
        new SimPins(
            value("pin").orElse(""),
            value("moderator-pin").orElse(""),
            value("pin-retries").map(CNumber::of).orElse(SimPins.NONE.tries())),
        flags.contains("wait-mod") || value("conference-flags").orElse("").contains("wait-mod"),
        Duration.ofSeconds(value("endconf-grace-time").map(CNumber::of).orElse(0)));
  }

  /** Returns the maximum number of members; as in FreeSWITCH, 1 means no limit. */
  OptionalInt maxMembers() {
    int max = value("max-members").map(CNumber::of).orElse(0);
    return max < 2 ? OptionalInt.empty() : OptionalInt.of(max);
  }

  /** Returns the control group for members whose channels do not set one. */
  String controls(boolean moderator) {
    String callers = value("caller-controls").orElse("default");
    return moderator ? value("moderator-controls").orElse(callers) : callers;
  }

  /** Returns the energy threshold above which members are heard. */
  int energy() {
    return value("energy-level").map(CNumber::of).orElse(DEFAULT_ENERGY);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(profile.parameters().get(name));
  }
}
