package dev.callflow.conference.observe;

import java.util.Locale;

/**
 * The ways in which a conference element can end for a caller. Each of them is also the name of a
 * branch, except {@link #ABANDONED}.
 */
public enum ConferenceOutcome {
  /** The caller left. */
  LEFT,
  /** The caller was kicked. */
  KICKED,
  /** The room ended. */
  ENDED,
  /** An operator moved the caller to another room. */
  MOVED,
  /** The switch did not admit the caller, or an internal error occurred. */
  FAILED,
  /** The conference does not exist. */
  NOT_FOUND,
  /** The caller did not enter a valid conference number. */
  BAD_NUMBER,
  /** The caller did not enter a valid PIN. */
  BAD_PIN,
  /** Too many wrong PINs were entered from the caller's number. */
  THROTTLED,
  /** The caller's number is banned. */
  BANNED,
  /** A caller with the same number is already in the room. */
  DUPLICATE,
  /** The room is locked. */
  LOCKED,
  /** The room is full. */
  FULL,
  /** There is no moderator in the room, or none joined in time. */
  NO_MODERATOR,
  /** The document store or the switch cannot be reached. */
  UNAVAILABLE,
  /** The caller hung up before entering the room; this outcome has no branch. */
  ABANDONED;

  /**
   * Returns the name of the branch.
   *
   * @return the name, for instance {@code bad_pin}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
