package dev.callflow.conference.kazoo;

import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operator's request in the words of the REST API.
 *
 * @param room the conference
 * @param target the target of the action
 * @param action the name of the action, for instance {@code mute}
 * @param data the data of the action; an empty object if it has none
 * @param idempotencyKey the key that identifies repetitions of this request; empty for none
 */
public record ControlRequest(
    RoomId room, Target target, String action, ObjectNode data, Optional<String> idempotencyKey) {

  /**
   * Creates a request without an idempotency key. Such a request is carried out each time it is
   * sent.
   *
   * @param room the conference
   * @param target the target of the action
   * @param action the name of the action, for instance {@code mute}
   * @param data the data of the action; an empty object if it has none
   */
  public ControlRequest(RoomId room, Target target, String action, ObjectNode data) {
    this(room, target, action, data, Optional.empty());
  }

  /** The target of an action. */
  public sealed interface Target {

    /** The conference as a whole. */
    record Conference() implements Target {}

    /** All participants of the conference. */
    record Participants() implements Target {}

    /**
     * One participant.
     *
     * @param id the participant's call id or member number
     */
    record Participant(String id) implements Target {}
  }
}
