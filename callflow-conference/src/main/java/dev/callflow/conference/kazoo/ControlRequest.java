package dev.callflow.conference.kazoo;

import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of an operator, as the REST API words it (spec 6).
 *
 * @param room the conference
 * @param target whom it is about
 * @param action for instance {@code mute}
 * @param data what goes with the action; an empty object if nothing does
 * @param idempotencyKey by which a repetition of this request is recognised
 */
public record ControlRequest(
    RoomId room, Target target, String action, ObjectNode data, Optional<String> idempotencyKey) {

  /**
   * Makes a request that acts each time it is sent.
   *
   * @param room the conference
   * @param target whom it is about
   * @param action for instance {@code mute}
   * @param data what goes with the action; an empty object if nothing does
   */
  public ControlRequest(RoomId room, Target target, String action, ObjectNode data) {
    this(room, target, action, data, Optional.empty());
  }

  /** Whom an action is about. */
  public sealed interface Target {

    /** The conference as a whole. */
    record Conference() implements Target {}

    /** All its participants. */
    record Participants() implements Target {}

    /**
     * One participant.
     *
     * @param id a call id, or the participant's number
     */
    record Participant(String id) implements Target {}
  }
}
