package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A room as the mixer shows it when asked.
 *
 * @param room the room
 * @param instance its life
 * @param since since when it lives
 * @param locked whether it is locked
 * @param recording whether it is being recorded
 * @param members its members, in the order of joining
 * @param held members who are on hold: whether they are muted or deaf cannot be seen
 * @param variables what {@link MixerCommand.SetVariables} has set
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

  /** Copies the members, the held and the variables. */
  public MixerSnapshot {
    members = List.copyOf(members);
    held = Set.copyOf(held);
    variables = Map.copyOf(variables);
  }
}
