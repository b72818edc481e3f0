package dev.callflow.conference;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A room as it is now.
 *
 * @param room the conference
 * @param running whether it exists in the mixer
 * @param instance its present life; empty if it does not run
 * @param focus the switch on which it lives; empty if that is not known
 * @param members how many are in who are neither moderators nor ghosts
 * @param moderators how many moderators are in; ghosts are not counted
 * @param waiting how many wait outside for a moderator
 * @param ringing the legs that are being dialled
 * @param locked whether it is locked
 * @param recording whether it is recorded
 * @param duration for how long it has been running
 * @param participants who is in, ghosts too, in the order of joining
 * @param metadata the variables that were set, as long as it lives
 * @param version rises with every change and every event, also from one life of the conference to
 *     the next, and from one process of ours to the next
 */
public record RoomView(
    RoomId room,
    boolean running,
    String instance,
    String focus,
    int members,
    int moderators,
    int waiting,
    Set<CallId> ringing,
    boolean locked,
    boolean recording,
    Duration duration,
    List<Member> participants,
    Map<String, String> metadata,
    long version) {

  /** Copies what is in it. */
  public RoomView {
    ringing = Set.copyOf(ringing);
    participants = List.copyOf(participants);
    metadata = Map.copyOf(metadata);
  }
}
