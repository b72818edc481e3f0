package dev.callflow.conference.mixer;

import dev.callflow.core.call.Media;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a leg enters a room.
 *
 * @param flags how it is in the room
 * @param enterSound what the room hears when it enters; empty for silence
 * @param exitSound what the room hears when it leaves; empty for silence
 * @param profile the name of the mixer's static profile; empty for the default one
 * @param maxMembers the mixer's own limit, a safety net above the seats; empty for none. Counts
 *     only on the leg that creates the room
 * @param mixing how the room sounds
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
   * How a room sounds, as far as the leg that enters can say; all but the energy level count only
   * on the leg that creates the room. What is empty is left to the mixer's own profile.
   *
   * @param music what a lone member hears
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

    /** Leaves everything to the mixer's own profile. */
    public static final Mixing AS_THE_MIXER_DOES =
        new Mixing(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());
  }
}
