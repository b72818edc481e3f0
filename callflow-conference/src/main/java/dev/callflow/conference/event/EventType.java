package dev.callflow.conference.event;

/** The events that conferences publish (docs/rooms.md). */
public enum EventType {
  /** The conference began. */
  CONFERENCE_CREATE("conference-create", Subject.CONFERENCE, true),
  /** The conference ended. */
  CONFERENCE_DESTROY("conference-destroy", Subject.CONFERENCE, true),
  /** It was locked. */
  LOCK("lock", Subject.CONFERENCE, true),
  /** It was unlocked. */
  UNLOCK("unlock", Subject.CONFERENCE, true),
  /** A participant joined. */
  ADD_MEMBER("add-member", Subject.PARTICIPANT, true),
  /** A participant left. */
  DEL_MEMBER("del-member", Subject.PARTICIPANT, true),
  /** A participant began to talk. */
  START_TALKING("start-talking", Subject.PARTICIPANT, true),
  /** A participant stopped talking. */
  STOP_TALKING("stop-talking", Subject.PARTICIPANT, true),
  /** A participant was muted. */
  MUTE_MEMBER("mute-member", Subject.PARTICIPANT, true),
  /** A participant was unmuted. */
  UNMUTE_MEMBER("unmute-member", Subject.PARTICIPANT, true),
  /** A participant was deafened. */
  DEAF_MEMBER("deaf-member", Subject.PARTICIPANT, true),
  /** A participant hears again. */
  UNDEAF_MEMBER("undeaf-member", Subject.PARTICIPANT, true),
  /** A participant must be louder or less loud to be heard. */
  ENERGY_LEVEL_MEMBER("energy-level-member", Subject.PARTICIPANT, false),
  /** A participant is heard louder or less loud. */
  VOLUME_IN_MEMBER("volume-in-member", Subject.PARTICIPANT, false),
  /** A participant hears louder or less loud. */
  VOLUME_OUT_MEMBER("volume-out-member", Subject.PARTICIPANT, false),
  /** Something plays to everybody. */
  PLAY("play", Subject.CONFERENCE, false),
  /** A recording began, or could not. */
  START_RECORDING("start-recording", Subject.CONFERENCE, false),
  /** A recording ended. */
  STOP_RECORDING("stop-recording", Subject.CONFERENCE, false),
  /** A leg is being dialled, or its dialling ended. */
  DIAL("dial", Subject.CONFERENCE, false),
  /** A participant became a moderator, or is one no longer. */
  ROLE("role", Subject.CONFERENCE, false),
  /** The number of seats was set. */
  LIMIT("limit", Subject.CONFERENCE, false),
  /** A caller number was banned. */
  BAN("ban", Subject.CONFERENCE, false),
  /** A ban was lifted. */
  UNBAN("unban", Subject.CONFERENCE, false),
  /** Variables were set. */
  VARS("vars", Subject.CONFERENCE, false),
  /** A participant is being moved to another conference. */
  MOVE("move", Subject.CONFERENCE, false),
  /** A caller was refused. */
  CONFERENCE_DENIED("conference-denied", Subject.CONFERENCE, false),
  /** Too many wrong PINs were entered. */
  CONFERENCE_PIN_ATTACK("conference-pin-attack", Subject.CONFERENCE, false),
  /** A participant pressed keys that are bound to an event. */
  DTMF("dtmf", Subject.CONFERENCE, false),
  /** A missed event was made up for. */
  CONFERENCE_REPAIRED("conference-repaired", Subject.CONFERENCE, false);

  private enum Subject {
    CONFERENCE,
    PARTICIPANT
  }

  private final String key;
  private final Subject subject;
  private final boolean filtered;

  EventType(String key, Subject subject, boolean filtered) {
    this.key = key;
    this.subject = subject;
    this.filtered = filtered;
  }

  /**
   * Returns the name by which the event is published.
   *
   * @return for instance {@code add-member}
   */
  public String key() {
    return key;
  }

  /**
   * Returns the name by which Kazoo routes the event.
   *
   * @return {@code participant_event} for what participants do and what is done to them, else the
   *     {@link #key}
   */
  public String routingKey() {
    return switch (subject) {
      case PARTICIPANT -> "participant_event";
      case CONFERENCE -> key;
    };
  }

  /**
   * Tells whether the system's configuration can keep the event from being published.
   *
   * @return whether it can
   */
  public boolean isFiltered() {
    return filtered;
  }
}
