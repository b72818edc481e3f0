package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A call that a room places.
 *
 * @param room the room
 * @param target whom
 * @param callerName the name shown to whom is called; empty for the switch's
 * @param callerNumber the number shown; empty for the switch's
 * @param patience how long it may ring
 * @param variables the leg's variables: names of letters, digits and {@code _}, values of one line
 * @param near a leg on whose switch the call is placed if there is a choice
 */
public record DialOrder(
    RoomId room,
    DialTarget target,
    String callerName,
    String callerNumber,
    Duration patience,
    Map<String, String> variables,
    Optional<CallId> near) {

  /** Copies the variables. */
  public DialOrder {
    variables = Map.copyOf(variables);
  }
}
