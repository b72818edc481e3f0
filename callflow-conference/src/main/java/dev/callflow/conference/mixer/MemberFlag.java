package dev.callflow.conference.mixer;

/** A flag with which a leg joins a room. */
public enum MemberFlag {
  /** The others do not hear the member. */
  MUTE("mute"),
  /** The member does not hear the others. */
  DEAF("deaf"),
  /** The member is a moderator. */
  MODERATOR("moderator"),
  /** The member is neither counted nor announced. */
  GHOST("ghost"),
  /** The member's video is not shown. */
  VIDEO_MUTE("vmute"),
  /** The member hears no music while alone. */
  NO_MUSIC("nomoh"),
  /** The other members hear the keys that the member presses. */
  DISTRIBUTE_DTMF("dist-dtmf"),
  /** The leg joins only if the room is running. */
  JOIN_EXISTING("join-only");

  private final String word;

  MemberFlag(String word) {
    this.word = word;
  }

  /**
   * Returns the name of the flag in FreeSWITCH and Kazoo.
   *
   * @return the name, for instance {@code vmute}
   */
  public String word() {
    return word;
  }
}
