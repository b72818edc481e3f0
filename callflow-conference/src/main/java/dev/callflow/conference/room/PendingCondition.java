package dev.callflow.conference.room;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.time.Inbox;
import java.time.Duration;
import java.util.Optional;

/**
 * Somebody's waiting for a state of a room; asked for before the command that leads to it, so that
 * nothing is missed in between.
 */
public final class PendingCondition {

  private final RoomId room;
  private final Condition awaited;
  private final Inbox<Condition.Sign> sign;

  PendingCondition(RoomId room, Condition awaited, Inbox<Condition.Sign> sign) {
    this.room = room;
    this.awaited = awaited;
    this.sign = sign;
  }

  RoomId room() {
    return room;
  }

  Condition awaited() {
    return awaited;
  }

  /** Tells the one who waits; the first sign counts. */
  void tell(Condition.Sign what) {
    sign.offer(what);
  }

  /**
   * Waits for the sign.
   *
   * @param longest how long
   * @return the sign; empty if none came in time
   */
  public Optional<Condition.Sign> await(Duration longest) {
    try {
      return Optional.ofNullable(sign.poll(longest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
