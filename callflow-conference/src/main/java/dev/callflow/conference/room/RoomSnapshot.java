package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A room as it is now.
 *
 * @param room the room
 * @param instance its present instance; empty if the mixer has no such room
 * @param since since when that instance runs; now, if there is none
 * @param locked whether it is locked
 * @param recording whether it is recorded
 * @param members who is in, ghosts too, in the order of joining
 * @param waiting how many wait outside
 * @param ringing who is being dialled
 * @param maxMembers how many seats an operator has set; empty if none has, 0 for no limit
 * @param variables what operators have set
 * @param version rises with every change and every event; also from one instance of the room to the
 *     next, and from one process of ours to the next
 */
public record RoomSnapshot(
    RoomId room,
    Optional<String> instance,
    Instant since,
    boolean locked,
    boolean recording,
    List<Member> members,
    int waiting,
    Set<CallId> ringing,
    OptionalInt maxMembers,
    Map<String, String> variables,
    long version) {

  /** Copies what is in it. */
  public RoomSnapshot {
    members = List.copyOf(members);
    ringing = Set.copyOf(ringing);
    variables = Map.copyOf(variables);
  }
}
