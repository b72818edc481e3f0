package dev.callflow.conference.event;

/** The events that conferences publish; see docs/rooms.md. */
public enum EventType {
  /** The conference began. */
  CONFERENCE_CREATE("conference-create", Subject.CONFERENCE, true),
  /** The conference ended. */
  CONFERENCE_DESTROY("conference-destroy", Subject.CONFERENCE, true),
  /** The conference was locked. */
  LOCK("lock", Subject.CONFERENCE, true),
  /** The conference was unlocked. */
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
  /** A participant was undeafened. */
  UNDEAF_MEMBER("undeaf-member", Subject.PARTICIPANT, true),
  /** The energy level above which a participant is heard was changed. */
  ENERGY_LEVEL_MEMBER("energy-level-member", Subject.PARTICIPANT, false),
  /** The volume at which a participant is heard was changed. */
  VOLUME_IN_MEMBER("volume-in-member", Subject.PARTICIPANT, false),
  /** The volume at which a participant hears the others was changed. */
  VOLUME_OUT_MEMBER("volume-out-member", Subject.PARTICIPANT, false),
  /** Media started playing to all participants. */
  PLAY("play", Subject.CONFERENCE, false),
  /** A recording started, or failed to start. */
  START_RECORDING("start-recording", Subject.CONFERENCE, false),
  /** A recording ended. */
  STOP_RECORDING("stop-recording", Subject.CONFERENCE, false),
  /** A leg is being dialled, or dialling has ended. */
  DIAL("dial", Subject.CONFERENCE, false),
  /** A participant became a moderator or a regular participant. */
  ROLE("role", Subject.CONFERENCE, false),
  /** The maximum number of participants was set. */
  LIMIT("limit", Subject.CONFERENCE, false),
  /** A caller number was banned. */
  BAN("ban", Subject.CONFERENCE, false),
  /** A ban was lifted. */
  UNBAN("unban", Subject.CONFERENCE, false),
  /** Variables of the conference were set. */
  VARS("vars", Subject.CONFERENCE, false),
  /** A participant is being moved to another conference. */
  MOVE("move", Subject.CONFERENCE, false),
  /** A caller was refused. */
  CONFERENCE_DENIED("conference-denied", Subject.CONFERENCE, false),
  /** A caller began to wait for a moderator. */
  START_WAITING("start-waiting", Subject.CONFERENCE, false),
  /** A caller no longer waits for a moderator. */
  STOP_WAITING("stop-waiting", Subject.CONFERENCE, false),
  /** The account uses at least 80 % of a limit, or has reached it. */
  ACCOUNT_LIMIT("account-limit", Subject.CONFERENCE, false),
  /** Too many wrong PINs were entered. */
  CONFERENCE_PIN_ATTACK("conference-pin-attack", Subject.CONFERENCE, false),
  /** A participant pressed keys that are bound to an event. */
  DTMF("dtmf", Subject.CONFERENCE, false),
  /** The state of the conference became unknown because the mixer is down, or is known again. */
  CONFERENCE_STATE("conference-state", Subject.CONFERENCE, false),
  /** An event of the mixer was missed and has been reconstructed. */
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

  static EventType of(ConferenceEvent event) {
    return switch (event) {
      case ConferenceEvent.Started it -> CONFERENCE_CREATE;
      case ConferenceEvent.Ended it -> CONFERENCE_DESTROY;
      case ConferenceEvent.Locked it -> LOCK;
      case ConferenceEvent.Unlocked it -> UNLOCK;
      case ConferenceEvent.MemberJoined it -> ADD_MEMBER;
      case ConferenceEvent.MemberLeft it -> DEL_MEMBER;
      case ConferenceEvent.TalkingStarted it -> START_TALKING;
      case ConferenceEvent.TalkingStopped it -> STOP_TALKING;
      case ConferenceEvent.MemberMuted it -> MUTE_MEMBER;
      case ConferenceEvent.MemberUnmuted it -> UNMUTE_MEMBER;
      case ConferenceEvent.MemberDeafened it -> DEAF_MEMBER;
      case ConferenceEvent.MemberUndeafened it -> UNDEAF_MEMBER;
      case ConferenceEvent.EnergyLevelSet it -> ENERGY_LEVEL_MEMBER;
      case ConferenceEvent.TalkVolumeSet it -> VOLUME_IN_MEMBER;
      case ConferenceEvent.ListenVolumeSet it -> VOLUME_OUT_MEMBER;
      case ConferenceEvent.MediaStarted it -> PLAY;
      case ConferenceEvent.RecordingStarted it -> START_RECORDING;
      case ConferenceEvent.RecordingStopped it -> STOP_RECORDING;
      case ConferenceEvent.DialProgress it -> DIAL;
      case ConferenceEvent.RoleSet it -> ROLE;
      case ConferenceEvent.MaxParticipantsSet it -> LIMIT;
      case ConferenceEvent.NumberBanned it -> BAN;
      case ConferenceEvent.NumberUnbanned it -> UNBAN;
      case ConferenceEvent.VariablesSet it -> VARS;
      case ConferenceEvent.MemberMoving it -> MOVE;
      case ConferenceEvent.CallerRefused it -> CONFERENCE_DENIED;
      case ConferenceEvent.WaitingStarted it -> START_WAITING;
      case ConferenceEvent.WaitingEnded it -> STOP_WAITING;
      case ConferenceEvent.AccountLimitUsed it -> ACCOUNT_LIMIT;
      case ConferenceEvent.PinAttack it -> CONFERENCE_PIN_ATTACK;
      case ConferenceEvent.KeysPressed it -> DTMF;
      case ConferenceEvent.StateChanged it -> CONFERENCE_STATE;
      case ConferenceEvent.Repaired it -> CONFERENCE_REPAIRED;
    };
  }

  /**
   * Returns the name under which the event is published.
   *
   * @return the name, for instance {@code add-member}
   */
  public String key() {
    return key;
  }

  /**
   * Returns the name by which Kazoo routes the event.
   *
   * @return {@code participant_event} for events of participants; otherwise the same name as {@link
   *     #key}
   */
  public String routingKey() {
    return switch (subject) {
      case PARTICIPANT -> "participant_event";
      case CONFERENCE -> key;
    };
  }

  /**
   * Returns whether the system configuration can suppress the event.
   *
   * @return true if the event can be suppressed
   */
  public boolean isFiltered() {
    return filtered;
  }
}
