package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state of a room, as the mixer reports it on request.
 *
 * @param room the room
 * @param instance the id of the room's instance
 * @param since when the instance was created
 * @param locked whether the room is locked
 * @param recording whether the room is being recorded
 * @param members the members in the order in which they joined
 * @param held the members who are on hold; the mixer does not report whether they are muted or deaf
 * @param variables the variables set by {@link MixerCommand.SetVariables}
 */
public record MixerSnapshot(
    RoomId room,
    String instance,
    Instant since,
    boolean locked,
    boolean recording,
    List<Member> members,
    Set<CallId> held,
    Map<String, String> variables) {

  /** Copies the collections. */
  public MixerSnapshot {
    members = List.copyOf(members);
    held = Set.copyOf(held);
    variables = Map.copyOf(variables);
  }
}
