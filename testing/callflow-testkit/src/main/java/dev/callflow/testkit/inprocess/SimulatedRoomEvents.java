package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.Optional;

/** Translates room events of the simulated switch into mixer events. */
final class SimulatedRoomEvents {

  private SimulatedRoomEvents() {}

  static Optional<MixerEvent> of(SwitchEvent.OfRoom event) {
    RoomId room = SwitchNames.room(event.room().name());
    String instance = event.room().uuid();
    return Optional.ofNullable(
        switch (event) {
          case SwitchEvent.RoomCreated created -> new MixerEvent.Created(room, instance);
          case SwitchEvent.RoomDestroyed destroyed -> new MixerEvent.Destroyed(room, instance);
          case SwitchEvent.MemberAdded(var state, var member) ->
              new MixerEvent.Added(room, instance, member(member));
          case SwitchEvent.MemberRemoved(var state, var member) ->
              new MixerEvent.Removed(room, instance, member(member));
          case SwitchEvent.MemberChanged(var state, var member, var kind) ->
              new MixerEvent.Changed(room, instance, change(kind), member(member));
          case SwitchEvent.FloorChanged(var state, int before, var holder) ->
              new MixerEvent.FloorChanged(
                  room, instance, holder.map(member -> new CallId(member.channel().uuid())));
          case SwitchEvent.LockSet(var state, boolean on) ->
              new MixerEvent.Locked(room, instance, on);
          case SwitchEvent.RoomPlayQueued(var state, var file, var why) ->
              why == SwitchEvent.RoomSound.COMMAND
                  ? new MixerEvent.PlayStarted(room, instance, file)
                  : null;
          case SwitchEvent.RoomPlayEnded(var state, var file, var played, var why) ->
              new MixerEvent.PlayEnded(room, instance, file);
          case SwitchEvent.RoomRecordingStarted(var state, var path, boolean failed) ->
              new MixerEvent.RecordingStarted(room, instance, path, failed);
          case SwitchEvent.RoomRecordingStopped(var state, var path, var length) ->
              new MixerEvent.RecordingStopped(room, instance, path, length.toMillis(), 0);
          case SwitchEvent.SoundSet set -> null;
          case SwitchEvent.MemberMoved moved -> null;
          case SwitchEvent.RoomPlayFailed failed -> null;
          case SwitchEvent.MemberPlayStarted started -> null;
          case SwitchEvent.MemberPlayEnded ended -> null;
          case SwitchEvent.MemberKeys keys -> null;
          case SwitchEvent.RoomRecordingPaused paused -> null;
        });
  }

  private static MixerEvent.Change change(SwitchEvent.MemberChange kind) {
    return switch (kind) {
      case MUTED -> MixerEvent.Change.MUTED;
      case UNMUTED -> MixerEvent.Change.UNMUTED;
      case DEAFENED -> MixerEvent.Change.DEAFENED;
      case UNDEAFENED -> MixerEvent.Change.UNDEAFENED;
      case TALKING -> MixerEvent.Change.TALKING;
      case SILENT -> MixerEvent.Change.SILENT;
      case KICKED, HUNG_UP -> MixerEvent.Change.KICKED;
      case ENERGY, ENERGY_BY_KEY -> MixerEvent.Change.ENERGY;
      case VOLUME_IN, VOLUME_IN_BY_KEY -> MixerEvent.Change.TALK_VOLUME;
      case VOLUME_OUT, VOLUME_OUT_BY_KEY -> MixerEvent.Change.LISTEN_VOLUME;
      case MUTE_DETECTED, HELD, UNHELD, VIDEO_MUTED, VIDEO_UNMUTED, GAIN_CONTROL ->
          MixerEvent.Change.OTHER;
    };
  }

  static Member member(MemberState state) {
    return new Member(
        new CallId(state.channel().uuid()),
        state.number(),
        new Member.Party(state.channel().callerName(), state.channel().callerNumber()),
        flags(state),
        new Member.Levels(state.energy(), state.volumeIn(), state.volumeOut()),
        state.joined());
  }

  private static Member.Flags flags(MemberState state) {
    return Member.Flags.NONE
        .with(Member.Flag.MODERATOR, state.moderator())
        .with(Member.Flag.GHOST, state.ghost())
        .with(Member.Flag.MUTED, state.muted())
        .with(Member.Flag.DEAF, state.deaf())
        .with(Member.Flag.TALKING, state.talking())
        .with(Member.Flag.FLOOR, state.floor())
        .with(Member.Flag.VIDEO_MUTED, state.videoMuted());
  }
}
