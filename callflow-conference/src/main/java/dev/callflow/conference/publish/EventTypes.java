package dev.callflow.conference.publish;

import dev.callflow.conference.event.EventType;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.room.Notice;
import java.util.Optional;

/** Maps the events of rooms to the types of the published events. */
final class EventTypes {

  private EventTypes() {}

  /** Returns the type of an event; empty if the event is not published. */
  static Optional<EventType> of(MixerEvent.InRoom event) {
    return switch (event) {
      case MixerEvent.Created created -> Optional.of(EventType.CONFERENCE_CREATE);
      case MixerEvent.Destroyed destroyed -> Optional.of(EventType.CONFERENCE_DESTROY);
      case MixerEvent.Added added -> Optional.of(EventType.ADD_MEMBER);
      case MixerEvent.Removed removed -> Optional.of(EventType.DEL_MEMBER);
      case MixerEvent.Changed changed -> of(changed.what());
      case MixerEvent.FloorChanged floor -> Optional.empty();
      case MixerEvent.Locked lock -> Optional.of(lock.on() ? EventType.LOCK : EventType.UNLOCK);
      case MixerEvent.PlayStarted play -> Optional.of(EventType.PLAY);
      case MixerEvent.PlayEnded play -> Optional.empty();
      case MixerEvent.RecordingStarted started -> Optional.of(EventType.START_RECORDING);
      case MixerEvent.RecordingStopped stopped -> Optional.of(EventType.STOP_RECORDING);
    };
  }

  private static Optional<EventType> of(MixerEvent.Change change) {
    return switch (change) {
      case MUTED -> Optional.of(EventType.MUTE_MEMBER);
      case UNMUTED -> Optional.of(EventType.UNMUTE_MEMBER);
      case DEAFENED -> Optional.of(EventType.DEAF_MEMBER);
      case UNDEAFENED -> Optional.of(EventType.UNDEAF_MEMBER);
      case TALKING -> Optional.of(EventType.START_TALKING);
      case SILENT -> Optional.of(EventType.STOP_TALKING);
      case ENERGY -> Optional.of(EventType.ENERGY_LEVEL_MEMBER);
      case TALK_VOLUME -> Optional.of(EventType.VOLUME_IN_MEMBER);
      case LISTEN_VOLUME -> Optional.of(EventType.VOLUME_OUT_MEMBER);
      case KICKED, OTHER -> Optional.empty();
    };
  }

  static EventType of(Notice.Published notice) {
    return switch (notice) {
      case Notice.RoleSet set -> EventType.ROLE;
      case Notice.LimitSet set -> EventType.LIMIT;
      case Notice.BanSet ban -> ban.on() ? EventType.BAN : EventType.UNBAN;
      case Notice.VariablesSet set -> EventType.VARS;
      case Notice.Moving moving -> EventType.MOVE;
      case Notice.JoinDenied denied -> EventType.CONFERENCE_DENIED;
      case Notice.WaitingBegan began -> EventType.START_WAITING;
      case Notice.WaitingEnded ended -> EventType.STOP_WAITING;
      case Notice.LockSet lock -> lock.on() ? EventType.LOCK : EventType.UNLOCK;
      case Notice.StateKnown state -> EventType.CONFERENCE_STATE;
      case Notice.PinAttack attack -> EventType.CONFERENCE_PIN_ATTACK;
      case Notice.LimitUse use -> EventType.ACCOUNT_LIMIT;
      case Notice.KeysPressed keys -> EventType.DTMF;
      case Notice.DialProgress dial -> EventType.DIAL;
    };
  }
}
