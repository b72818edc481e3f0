package dev.callflow.testkit.replay.script;

import dev.callflow.conference.mixer.RoomId;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that an operator does.
 *
 * @param place its place in the file
 * @param at when
 * @param room the conference
 * @param whom whom it is about
 * @param action the action, as in the REST API
 * @param data what goes with it
 * @param reply what the answer must be, if the case says so
 * @param returns of which every key must match the answer's data, if the case says so
 */
public record Operation(
    String place,
    Duration at,
    RoomId room,
    Whom whom,
    String action,
    ObjectNode data,
    Optional<String> reply,
    Optional<ObjectNode> returns) {

  /** Whom an operation is about. */
  public sealed interface Whom {

    /** The conference as a whole. */
    record Conference() implements Whom {}

    /** All participants. */
    record Everybody() implements Whom {}

    /** One participant, by the name of the call, or something that is no name. */
    record One(String name) implements Whom {}
  }
}
