package dev.callflow.conference.action;

import java.util.Locale;

/** How far the attempt to dial a leg has come. */
public enum DialStatus {
  /** The leg has started to ring. */
  RINGING,
  /** The leg has joined the conference. */
  SUCCESS,
  /** The leg has not joined the conference. */
  ERROR;

  /**
   * Returns the name in events.
   *
   * @return the name, for instance {@code ringing}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
