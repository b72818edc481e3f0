package dev.callflow.conference.observe;

import java.util.Locale;

/** Why a caller no longer waits for a moderator. */
public enum WaitingEnd {
  /** The caller was let in. */
  ADMITTED,
  /** The caller hung up or left. */
  LEFT,
  /** The caller's number was banned. */
  BANNED,
  /** A caller with the same number is already in the room. */
  DUPLICATE,
  /** The room is locked. */
  LOCKED,
  /** The room is full. */
  FULL,
  /** No moderator joined in time. */
  NO_MODERATOR,
  /** An operator turned the caller away, or a newer call from the same number replaced theirs. */
  KICKED,
  /** The room did not answer in time. */
  UNAVAILABLE;

  /**
   * Returns the name in events.
   *
   * @return the name, for instance {@code no_moderator}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
