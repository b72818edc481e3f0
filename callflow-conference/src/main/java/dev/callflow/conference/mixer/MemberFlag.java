package dev.callflow.conference.mixer;

/** How a leg is in a room. */
public enum MemberFlag {
  /** Is not heard. */
  MUTE("mute"),
  /** Does not hear. */
  DEAF("deaf"),
  /** Is a moderator. */
  MODERATOR("moderator"),
  /** Is not counted and not announced. */
  GHOST("ghost"),
  /** Is not seen. */
  VIDEO_MUTE("vmute"),
  /** Gets no music while alone. */
  NO_MUSIC("nomoh"),
  /** Its keys go to the others as tones. */
  DISTRIBUTE_DTMF("dist-dtmf"),
  /** Joins only if the room runs. */
  JOIN_EXISTING("join-only");

  private final String word;

  MemberFlag(String word) {
    this.word = word;
  }

  /**
   * Returns the word by which switches know the flag.
   *
   * @return for instance {@code vmute}
   */
  public String word() {
    return word;
  }
}
