package dev.callflow.conference.room;

import dev.callflow.core.call.LegEvent;

/** The decision about a caller who asks to join, or later about one who waits. */
public sealed interface JoinDecision extends LegEvent.Signal {

  /** A seat is taken for the caller, who must give it back by {@link RoomState#leave}. */
  record Seated() implements JoinDecision {}

  /** The caller waits outside, until {@link Seated} or {@link Refused} follows. */
  record Waiting() implements JoinDecision {}

  /** Somebody is on the way out whose seat is promised: the decision follows within moments. */
  record Soon() implements JoinDecision {}

  /**
   * The caller does not get in.
   *
   * @param why why not
   */
  record Refused(Why why) implements JoinDecision {}

  /** Why a caller does not get in. */
  enum Why {
    /** The caller's number is banned. */
    BANNED,
    /** The caller is in already. */
    DUPLICATE,
    /** The room is locked. */
    LOCKED,
    /** No seat is left. */
    FULL,
    /** No moderator is in. */
    NO_MODERATOR,
    /** While the caller waited, they called again or an operator turned them away. */
    KICKED,
    /** The room does not answer. */
    UNAVAILABLE
  }
}
