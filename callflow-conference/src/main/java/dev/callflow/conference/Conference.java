package dev.callflow.conference;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One conference, stored or ad hoc, as applications watch and control it. A light handle: nothing
 * is held by it, and it stays good when the conference ends and begins again.
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
   * Returns which conference it is.
   *
   * @return account and id
   */
  public RoomId id() {
    return room;
  }

  /**
   * Shows it; blocks for at most five seconds.
   *
   * @return how it is now; empty if nobody is in, waits or is being dialled
   */
  public Optional<RoomView> view() {
    return operator.view(room);
  }

  /**
   * Does something and waits until it is done, refused, or nobody can know: for at most twenty
   * seconds, a dial for as long as it may ring and half a minute more.
   *
   * @param action what
   * @return what has become of it
   */
  public ActionResult perform(ConferenceAction action) {
    return operator.perform(room, action);
  }

  /**
   * Does something once: repeated with the same key within ten minutes, it is not done again, and
   * the first result is returned, waited for if need be. After {@link ActionResult.Unknown} the
   * repetition is a new try.
   *
   * @param action what
   * @param idempotencyKey 1 to 128 signs of ASCII without blanks; for this action of this
   *     conference only
   * @return what has become of it
   */
  public ActionResult perform(ConferenceAction action, String idempotencyKey) {
    return operator.perform(room, action, idempotencyKey);
  }

  /**
   * Begins to do something and does not wait.
   *
   * @param action what
   * @param idempotencyKey as of {@link #perform(ConferenceAction, String)}
   * @return what will have become of it, completed on a thread of ours
   */
  public CompletableFuture<ActionResult> begin(ConferenceAction action, String idempotencyKey) {
    return operator.begin(room, action, idempotencyKey);
  }

  /**
   * Asks for its events from a version on: each once, none left out, in order.
   *
   * @param version of a {@link #view}, or of the last event that was seen; what happened after it
   *     is delivered first
   * @param capacity how many events may wait to be taken; at least 1
   * @return the events; close it when they are not wanted any more
   */
  public EventStream events(long version, int capacity) {
    return operator.events(room, version, capacity);
  }
}
