package dev.callflow.testkit.wire;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A conference profile, as far as it makes a difference without media.
 *
 * @param enterSound what the room hears when somebody comes in, unless the leg says otherwise
 * @param exitSound what the room hears when somebody leaves, unless the leg says otherwise
 * @param mostMembers how many may be in; empty for no limit
 */
public record RoomProfile(
    Optional<String> enterSound, Optional<String> exitSound, OptionalInt mostMembers) {

  /** A profile without sounds or a limit, as FreeSWITCH takes for an unknown one. */
  public static final RoomProfile PLAIN =
      new RoomProfile(Optional.empty(), Optional.empty(), OptionalInt.empty());
}
