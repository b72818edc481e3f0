package dev.callflow.conference.room;

import dev.callflow.core.call.LegEvent;
import dev.callflow.core.limit.Grant;

/**
 * The decision about a caller who wants to join. A caller who has to wait receives another decision
 * later.
 */
public sealed interface JoinDecision extends LegEvent.Signal {

  /** The caller has a seat, which must later be released by {@link RoomState#leave}. */
  record Seated() implements JoinDecision {}

  /** The caller waits for a moderator; {@link Seated} or {@link Refused} follows. */
  record Waiting() implements JoinDecision {}

  /**
   * The caller gets the seat of a member who is leaving; {@link Seated} or {@link Refused} follows
   * shortly.
   */
  record SeatPending() implements JoinDecision {}

  /**
   * The caller is refused.
   *
   * @param reason the reason for the refusal
   */
  record Refused(DenyReason reason) implements JoinDecision {}

  /**
   * The caller is refused because the account has reached a limit, and the room cannot open.
   *
   * @param reached the limit
   */
  record Limited(Grant.Reached reached) implements JoinDecision {}

  /** The reason why a caller is refused. */
  enum DenyReason {
    /** The caller's number is banned. */
    BANNED,
    /** A caller with the same number is already in the room. */
    DUPLICATE,
    /** The room is locked. */
    LOCKED,
    /** All seats are taken. */
    FULL,
    /** No moderator is in the room. */
    NO_MODERATOR,
    /**
     * While waiting, the caller was turned away by an operator or replaced by a newer call from the
     * same number.
     */
    KICKED,
    /** The room did not answer in time. */
    UNAVAILABLE
  }
}
