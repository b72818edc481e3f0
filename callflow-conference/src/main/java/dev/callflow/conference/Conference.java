package dev.callflow.conference;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A handle through which an application watches and controls one conference, stored or ad hoc. It
 * holds no resources and remains valid when the conference ends and starts again.
 *
 * <p>Safe for use by any thread.
 */
public final class Conference {

  private final RoomId room;
  private final ConferenceOperator operator;

  Conference(RoomId room, ConferenceOperator operator) {
    this.room = room;
    this.operator = operator;
  }

  /**
   * Returns the account and id of the conference.
   *
   * @return the account and id
   */
  public RoomId id() {
    return room;
  }

  /**
   * Returns the current state; blocks for at most five seconds.
   *
   * @return the state; empty if the conference has no participants, no callers who are waiting or
   *     at a prompt, and no legs that are being dialled
   */
  public Optional<RoomView> view() {
    return operator.view(room);
  }

  /**
   * Performs an action and waits for its result. Blocks for at most twenty seconds; a dial action
   * can block for its ring timeout plus half a minute.
   *
   * @param action the action
   * @return the result
   */
  public ActionResult perform(ConferenceAction action) {
    return operator.perform(room, action);
  }

  /**
   * Performs an action at most once for each key. If the same action is repeated with the same key
   * within ten minutes, it is not performed again: the method returns the first result, waiting for
   * it if necessary. If the result was {@link ActionResult.Unknown}, repeating the request performs
   * the action again. A key that was already used for another action on this conference is refused.
   *
   * @param action the action
   * @param idempotencyKey a key for this action: 1 to 128 printable ASCII characters without spaces
   * @return the result
   */
  public ActionResult perform(ConferenceAction action, String idempotencyKey) {
    return operator.perform(room, action, idempotencyKey);
  }

  /**
   * Starts an action and returns immediately.
   *
   * @param action the action
   * @param idempotencyKey see {@link #perform(ConferenceAction, String)}
   * @return the future result; it is completed on a thread that belongs to the library
   */
  public CompletableFuture<ActionResult> begin(ConferenceAction action, String idempotencyKey) {
    return operator.begin(room, action, idempotencyKey);
  }

  /**
   * Opens a stream of the events that follow a given version. Each event is delivered once and in
   * order; if events are lost, the stream reports it.
   *
   * @param version the version of a {@link #view} or of the last event received; the stream starts
   *     with the events after it
   * @param capacity the number of undelivered events that the stream buffers; at least 1
   * @return the stream, which the caller must close
   */
  public EventStream events(long version, int capacity) {
    return operator.events(room, version, capacity);
  }
}
