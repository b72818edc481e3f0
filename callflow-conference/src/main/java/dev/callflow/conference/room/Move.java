package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import java.util.Set;

/**
 * The destination of a member whom an operator moves to another room.
 *
 * @param to the other room
 * @param flags the flags with which the member joins the other room
 */
public record Move(RoomId to, Set<MemberFlag> flags) {

  /** Copies the flags. */
  public Move {
    flags = Set.copyOf(flags);
  }
}
