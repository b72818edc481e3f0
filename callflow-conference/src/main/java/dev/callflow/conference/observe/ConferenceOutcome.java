package dev.callflow.conference.observe;

import java.util.Locale;

/** The ways in which a conference element ends for a caller; also the names of its branches. */
public enum ConferenceOutcome {
  /** He left by himself. */
  LEFT,
  /** He was put out. */
  KICKED,
  /** The room ended. */
  ENDED,
  /** An operator moved him to another room. */
  MOVED,
  /** The switch did not take him in, or our own code failed. */
  FAILED,
  /** There is no such conference. */
  NOT_FOUND,
  /** He did not enter the number of a conference. */
  BAD_NUMBER,
  /** He did not enter a PIN that fits. */
  BAD_PIN,
  /** Too many wrong PINs came from his number. */
  THROTTLED,
  /** He was put out for good before. */
  BANNED,
  /** He is in the room already. */
  DUPLICATE,
  /** The room is locked. */
  LOCKED,
  /** The room is full. */
  FULL,
  /** There is no moderator, or none came in time. */
  NO_MODERATOR,
  /** The documents or the switch cannot be reached. */
  UNAVAILABLE,
  /** He hung up before he was in; has no branch. */
  ABANDONED;

  /**
   * Returns the name of the branch.
   *
   * @return for instance {@code bad_pin}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
