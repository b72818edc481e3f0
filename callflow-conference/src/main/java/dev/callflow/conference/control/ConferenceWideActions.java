package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.kept.OperatorSettings;
import dev.callflow.conference.limit.RoomLimits;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Carries out actions on a conference as a whole. While the mixer does not have its room, settings
 * are kept for the room that it will create, and other actions do nothing.
 */
final class ConferenceWideActions {

  private final Rooms rooms;
  private final Orders orders;
  private final Keeping keeping;
  private final Bans bans;
  private final BulkActions bulk;
  private final OperatorMedia media;
  private final RecordingNames recordings;
  private final RoomLimits limits;
  private final TimeSource time;

  ConferenceWideActions(
      Rooms rooms,
      Orders orders,
      Keeping keeping,
      OperatorMedia media,
      RecordingNames recordings,
      RoomLimits limits,
      TimeSource time) {
    this.limits = limits;
    this.rooms = rooms;
    this.orders = orders;
    this.keeping = keeping;
    this.bans = new Bans(rooms, keeping);
    this.bulk = new BulkActions(rooms, orders);
    this.media = media;
    this.recordings = recordings;
    this.time = time;
  }

  ActionResult perform(RoomId room, RoomSnapshot summary, ConferenceAction.OfRunning action) {
    boolean isRunning = summary.instance().isPresent();
    return switch (action) {
      case ConferenceAction.Lock(boolean on) ->
          set(room, state -> state.lockOutside(on), new MixerCommand.Lock(on), Map.of());
      case ConferenceAction.Play(String text) ->
          isRunning ? order(room, new MixerCommand.Play(media.playable(room, text))) : Orders.DONE;
      case ConferenceAction.StopPlaying stop ->
          isRunning ? order(room, new MixerCommand.StopPlaying()) : Orders.DONE;
      case ConferenceAction.Record(boolean on) ->
          !isRunning || summary.recording() == on ? Orders.DONE : record(room, on);
      case ConferenceAction.SetVariables set -> variables(room, set);
      case ConferenceAction.SetMaxParticipants(OptionalInt max) ->
          set(
              room,
              state -> state.limit(max.orElse(0)),
              new MixerCommand.MaxMembers(OperatorSettings.mixerLimit(max.orElse(0))),
              KeptVariables.limit(max.orElse(0)));
      case ConferenceAction.Ban(String number) -> bans.ban(room, number);
      case ConferenceAction.Unban(String number) -> bans.unban(room, number);
      case ConferenceAction.MuteAll(boolean on) -> isRunning ? bulk.mute(room, on) : Orders.DONE;
      case ConferenceAction.DeafAll(boolean on) -> isRunning ? bulk.deafen(room, on) : Orders.DONE;
      case ConferenceAction.KickAll(boolean ban) -> {
        List<Member> members = bulk.members(room);
        ActionResult banned =
            ban ? bans.ban(room, members.stream().map(Member::callerNumber).toList()) : Orders.DONE;
        members.forEach(member -> announceKick(rooms, room, member));
        ActionResult kicked = bulk.each(room, members, MixerCommand.Kick::new);
        yield kicked instanceof ActionResult.Done ? banned : kicked;
      }
    };
  }

  /**
   * Notifies the room that a member is about to be kicked. Must be called before the command is
   * sent to the mixer.
   */
  static void announceKick(Rooms rooms, RoomId room, Member member) {
    rooms.tell(room, state -> state.departs(member.call(), LeaveReason.KICKED));
  }

  /**
   * Changes a setting of the conference, and stores it. If the mixer has the room, the mixer is
   * changed first; otherwise the setting is kept until the mixer creates the room.
   *
   * @param state changes the setting
   * @param command changes the mixer
   * @param variables the variables of the mixer's room in which the setting is stored
   */
  private ActionResult set(
      RoomId room, Consumer<RoomState> state, MixerCommand command, Map<String, String> variables) {
    return keeping.inTurn(
        room,
        () -> {
          ActionResult changed = change(room, state, command);
          return changed instanceof ActionResult.Done
              ? keeping.keepSettings(room, variables)
              : changed;
        });
  }

  private ActionResult change(RoomId room, Consumer<RoomState> state, MixerCommand command) {
    if (changeOutside(room, state)) {
      return Orders.DONE;
    }
    ActionResult result = order(room, command);
    if (result instanceof ActionResult.Done && !(command instanceof MixerCommand.Lock)) {
      // The mixer reports the lock itself.
      rooms.tell(room, state);
    }
    // The mixer's room may have ended in the meantime, while callers are waiting for it.
    boolean gone =
        result instanceof ActionResult.Refused refused
            && refused.reason() == ActionResult.Reason.UNKNOWN_CONFERENCE;
    return gone && changeOutside(room, state) ? Orders.DONE : result;
  }

  private boolean changeOutside(RoomId room, Consumer<RoomState> state) {
    return rooms.ask(room, it -> it.changeOutside(state)).orElse(false);
  }

  private ActionResult order(RoomId room, MixerCommand command) {
    return orders.give(room, command, "");
  }

  private ActionResult record(RoomId room, boolean on) {
    return Optional.of(room)
        .filter(it -> on)
        .flatMap(limits::recordingRefused)
        .map(Refusals::limit)
        .orElseGet(() -> order(room, recording(room, on)));
  }

  private MixerCommand recording(RoomId room, boolean on) {
    return on
        ? new MixerCommand.StartRecording(recordings.ofRoom(room, time.now()))
        : new MixerCommand.StopRecording();
  }

  private ActionResult variables(RoomId room, ConferenceAction.SetVariables set) {
    ActionResult result =
        set(
            room,
            state -> state.variables(set.variables()),
            new MixerCommand.SetVariables(set.variables()),
            Map.of());
    if (result instanceof ActionResult.Done && set.tell()) {
      bulk.members(room)
          .forEach(member ->
              orders.give(
                  room,
                  new MixerCommand.Notify(member.call(), set.variables()),
                  member.call().value()));
    }
    return result;
  }
}
