package dev.callflow.conference.mixer;

/** How a leg is in a room. */
public enum MemberFlag {
  /** Is not heard. */
  MUTE,
  /** Does not hear. */
  DEAF,
  /** Is a moderator. */
  MODERATOR,
  /** Is not counted and not announced. */
  GHOST,
  /** Is not seen. */
  VIDEO_MUTE,
  /** Gets no music while alone. */
  NO_MUSIC,
  /** Its keys go to the others as tones. */
  DISTRIBUTE_DTMF,
  /** Joins only if the room runs. */
  JOIN_EXISTING
}
