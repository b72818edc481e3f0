package dev.callflow.conference.room;

import dev.callflow.core.call.LegEvent;

/** What the door answers, to a knock or later to one who waits. */
public sealed interface JoinDecision extends LegEvent.Signal {

  /** A seat is taken for the caller; he must give it back by {@link Rooms#leave}. */
  record Seated() implements JoinDecision {}

  /** He waits outside until he is told {@link Seated} or {@link Refused}. */
  record Waiting() implements JoinDecision {}

  /** Somebody is on his way out, whose seat he may have: he is told within moments. */
  record Soon() implements JoinDecision {}

  /**
   * He does not get in.
   *
   * @param why why not
   */
  record Refused(Why why) implements JoinDecision {}

  /** Why somebody does not get in. */
  enum Why {
    /** He was put out for good before. */
    BANNED,
    /** He is in already. */
    DUPLICATE,
    /** The room is locked. */
    LOCKED,
    /** No seat is left. */
    FULL,
    /** No moderator is in. */
    NO_MODERATOR,
    /** While he waited, he called again or an operator put him out. */
    KICKED,
    /** The room does not answer. */
    UNAVAILABLE
  }
}
