package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import java.util.Set;

/**
 * Where a member goes whom an operator moves to another room.
 *
 * @param to the other room
 * @param flags how the member joins there
 */
public record Move(RoomId to, Set<MemberFlag> flags) {

  /** Copies the flags. */
  public Move {
    flags = Set.copyOf(flags);
  }
}
