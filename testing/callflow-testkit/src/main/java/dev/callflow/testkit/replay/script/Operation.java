package dev.callflow.testkit.replay.script;

import dev.callflow.conference.mixer.RoomId;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request from an operator.
 *
 * @param place the JSON pointer of the request in the file
 * @param at the time since the start of the case
 * @param room the conference
 * @param target the target of the request
 * @param action the action, as in the REST API
 * @param data the data of the request
 * @param reply the expected reply, if the case specifies one
 * @param returns the expected data of the reply, if the case specifies any; every key must match
 */
public record Operation(
    String place,
    Duration at,
    RoomId room,
    Target target,
    String action,
    ObjectNode data,
    Optional<String> reply,
    Optional<ObjectNode> returns) {

  /** The target of a request. */
  public sealed interface Target {

    /** The conference as a whole. */
    record Conference() implements Target {}

    /** All participants. */
    record Participants() implements Target {}

    /** One participant, by the name of the call or by an id. */
    record Participant(String name) implements Target {}
  }
}
