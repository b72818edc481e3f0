package dev.callflow.conference;

import dev.callflow.conference.room.Member;
import dev.callflow.conference.room.RoomId;
import java.time.Duration;
import java.util.List;

/**
 * A room as it is now.
 *
 * @param room the conference
 * @param running whether it exists in the mixer
 * @param instance its present life; empty if it does not run
 * @param members how many are in who are neither moderators nor ghosts
 * @param moderators how many moderators are in; ghosts are not counted
 * @param waiting how many wait outside for a moderator
 * @param locked whether it is locked
 * @param duration for how long it has been running
 * @param participants who is in, ghosts too, in the order of joining
 * @param version rises with every change
 */
public record RoomView(
    RoomId room,
    boolean running,
    String instance,
    int members,
    int moderators,
    int waiting,
    boolean locked,
    Duration duration,
    List<Member> participants,
    long version) {

  /** Copies the participants. */
  public RoomView {
    participants = List.copyOf(participants);
  }
}
