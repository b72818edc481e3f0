package dev.callflow.conference.room;

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
 * @param mostMembers the mixer's own limit, a safety net above the seats; empty for none. Counts
 *     only on the leg that creates the room
 */
public record Entry(
    Set<MemberFlag> flags,
    Optional<Media> enterSound,
    Optional<Media> exitSound,
    String profile,
    OptionalInt mostMembers) {

  /** Copies the flags. */
  public Entry {
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
  }
}
