package dev.callflow.conference.room;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.Optional;

/**
 * A condition that somebody waits for. It is registered before the command that leads to it, so
 * that nothing is missed in between.
 */
public final class PendingCondition {

  private final RoomId room;
  private final Condition condition;
  private final Inbox<Condition.Result> result;

  PendingCondition(RoomId room, Condition condition, Inbox<Condition.Result> result) {
    this.room = room;
    this.condition = condition;
    this.result = result;
  }

  RoomId room() {
    return room;
  }

  Condition condition() {
    return condition;
  }

  /** Ends the waiting; the first result counts. */
  void complete(Condition.Result how) {
    result.offer(how);
  }

  /**
   * Waits for the result.
   *
   * @param timeout how long
   * @return the result; empty if there is none in time
   */
  public Optional<Condition.Result> await(Duration timeout) {
    try {
      return Optional.ofNullable(result.poll(timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
