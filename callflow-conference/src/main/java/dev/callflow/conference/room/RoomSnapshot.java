package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The current state of a room.
 *
 * @param room the room
 * @param instance the id of the current instance; empty if the mixer has no such room
 * @param since the time at which the instance was created; the current time if there is none
 * @param locked whether the room is locked
 * @param recording whether the room is being recorded
 * @param members the members in the order of joining, including ghosts
 * @param waiting the callers who wait for a moderator, in the order of their arrival
 * @param ringing the legs that are being dialled
 * @param maxMembers the limit set by an operator; empty if none is set, 0 for no limit
 * @param variables the variables set by operators
 * @param unknownSince the time since which the state is unknown because the mixer cannot be
 *     reached; empty if it is known
 * @param version the version of the room, which rises with every change and every event, even
 *     across instances of the room and restarts of the process
 */
public record RoomSnapshot(
    RoomId room,
    Optional<String> instance,
    Instant since,
    boolean locked,
    boolean recording,
    List<Member> members,
    List<WaitingCaller> waiting,
    Set<CallId> ringing,
    OptionalInt maxMembers,
    Map<String, String> variables,
    Optional<Instant> unknownSince,
    long version) {

  /** Copies the collections. */
  public RoomSnapshot {
    members = List.copyOf(members);
    waiting = List.copyOf(waiting);
    ringing = Set.copyOf(ringing);
    variables = Map.copyOf(variables);
  }
}
