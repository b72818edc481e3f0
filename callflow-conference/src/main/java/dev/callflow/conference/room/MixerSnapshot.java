package dev.callflow.conference.room;

import java.util.List;

/**
 * A room as the mixer shows it when asked.
 *
 * @param room the room
 * @param instance its life
 * @param locked whether it is locked
 * @param recording whether it is being recorded
 * @param members its members, in the order of joining
 */
public record MixerSnapshot(
    RoomId room, String instance, boolean locked, boolean recording, List<Member> members) {

  /** Copies the members. */
  public MixerSnapshot {
    members = List.copyOf(members);
  }
}
