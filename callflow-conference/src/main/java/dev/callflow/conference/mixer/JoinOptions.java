package dev.callflow.conference.mixer;

import dev.callflow.core.call.Media;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a leg joins a room.
 *
 * @param flags the flags of the new member
 * @param enterSound the sound that the room hears when the leg joins; empty for silence
 * @param exitSound the sound that the room hears when the leg leaves; empty for silence
 * @param profile the name of the mixer's static profile; empty for the default profile
 * @param maxMembers the mixer's own limit on members, a safety net above the number of seats; empty
 *     for no limit; used only if the leg creates the room
 * @param mixing the audio settings of the room
 */
public record JoinOptions(
    Set<MemberFlag> flags,
    Optional<Media> enterSound,
    Optional<Media> exitSound,
    String profile,
    OptionalInt maxMembers,
    Mixing mixing) {

  /** Copies the flags. */
  public JoinOptions {
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
  }

  /**
   * Audio settings that a leg can choose when it joins a room. All except the energy level are used
   * only if the leg creates the room. If a setting is empty, the mixer's profile determines it.
   *
   * @param music the music that a lone member hears
   * @param energyLevel how loud the leg must be to be heard, 0 to 1800
   * @param rate samples per second
   * @param interval milliseconds per frame
   * @param channels 1 or 2
   */
  public record Mixing(
      Optional<Media> music,
      OptionalInt energyLevel,
      OptionalInt rate,
      OptionalInt interval,
      OptionalInt channels) {

    /** Leaves all settings to the mixer's profile. */
    public static final Mixing MIXER_DEFAULTS =
        new Mixing(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());
  }
}
