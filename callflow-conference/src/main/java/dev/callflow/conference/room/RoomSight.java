package dev.callflow.conference.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A room as it is now.
 *
 * @param room the room
 * @param instance its present life; empty if the mixer has no such room
 * @param since since when it lives; now, if it does not
 * @param locked whether it is locked
 * @param recording whether it is recorded
 * @param members who is in, ghosts too, in the order of joining
 * @param waiting how many wait outside
 * @param version rises with every change
 */
public record RoomSight(
    RoomId room,
    Optional<String> instance,
    Instant since,
    boolean locked,
    boolean recording,
    List<Member> members,
    int waiting,
    long version) {

  /** Copies the members. */
  public RoomSight {
    members = List.copyOf(members);
  }
}
