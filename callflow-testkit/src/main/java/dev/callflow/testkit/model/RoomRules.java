package dev.callflow.testkit.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the mixer does by itself in a room, as the room's profile says.
 *
 * @param settings what is heard at first of who comes and goes
 * @param prompts what else is played, by occasion; nothing where there is none
 */
public record RoomRules(RoomSettings settings, Map<Prompt, String> prompts) {

  /** As a room is that no profile has set up. */
  static final RoomRules USUAL = new RoomRules(RoomSettings.USUAL, Map.of());

  /** Copies the prompts. */
  public RoomRules {
    prompts = prompts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(prompts));
  }

  /** An occasion on which something is played. */
  public enum Prompt {
    /** To a caller who is not let in because the room is locked (locked-sound). */
    LOCKED,
    /** To a caller who is not let in because the room is full (max-members-sound). */
    FULL
  }

  Optional<String> prompt(Prompt occasion) {
    return Optional.ofNullable(prompts.get(occasion));
  }
}
