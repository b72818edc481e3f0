package dev.callflow.conference;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The current state of a room.
 *
 * @param room the conference
 * @param running whether the room exists in the mixer
 * @param instance the id of the current instance; empty if the room is not running
 * @param focus the switch that runs the room; empty if unknown
 * @param members the number of regular participants, not counting ghosts
 * @param moderators the number of moderators, not counting ghosts
 * @param waiting the callers who wait for a moderator, in the order of their arrival
 * @param ringing the legs that are being dialled
 * @param locked whether the room is locked
 * @param recording whether the room is being recorded
 * @param duration how long the room has been running
 * @param participants the participants in the order in which they joined, including ghosts
 * @param metadata the variables that operators have set, which last until the conference ends
 * @param unknownSince the time since which the state is unknown, and this view may be out of date,
 *     because the switch cannot be reached; empty if it is known
 * @param version the version, which rises with every change and every event; it keeps rising from
 *     one instance of the conference to the next, and across restarts of the process
 */
public record RoomView(
    RoomId room,
    boolean running,
    String instance,
    String focus,
    int members,
    int moderators,
    List<WaitingCaller> waiting,
    Set<CallId> ringing,
    boolean locked,
    boolean recording,
    Duration duration,
    List<Member> participants,
    Map<String, String> metadata,
    Optional<Instant> unknownSince,
    long version) {

  /** Copies the collections. */
  public RoomView {
    waiting = List.copyOf(waiting);
    ringing = Set.copyOf(ringing);
    participants = List.copyOf(participants);
    metadata = Map.copyOf(metadata);
  }
}
