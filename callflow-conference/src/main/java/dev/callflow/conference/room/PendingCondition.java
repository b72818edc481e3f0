package dev.callflow.conference.room;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.Optional;

/**
 * A condition that a thread waits for. It must be registered before the command that brings it
 * about is sent, so that the effect is not missed.
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

  /** Completes the condition; only the first result counts. */
  void complete(Condition.Result outcome) {
    result.offer(outcome);
  }

  /**
   * Waits for the result.
   *
   * @param timeout the maximum time to wait
   * @return the result; empty if there is none before the timeout
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
