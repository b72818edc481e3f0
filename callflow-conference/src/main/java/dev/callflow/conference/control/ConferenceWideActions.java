package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.document.RoomRules;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.limit.RoomLimits;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.RecordingNames;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/** Carries out actions on a running conference as a whole. */
final class ConferenceWideActions {

  private final Rooms rooms;
  private final Orders orders;
  private final Keeping keeping;
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
    this.media = media;
    this.recordings = recordings;
    this.time = time;
  }

  ActionResult perform(RoomId room, RoomSnapshot snapshot, ConferenceAction.OfRunning action) {
    return switch (action) {
      case ConferenceAction.Lock(boolean on) -> order(room, new MixerCommand.Lock(on));
      case ConferenceAction.Play(String text) ->
          order(room, new MixerCommand.Play(media.playable(room, text)));
      case ConferenceAction.StopPlaying stop -> order(room, new MixerCommand.StopPlaying());
      case ConferenceAction.Record(boolean on) ->
          snapshot.recording() == on ? Orders.DONE : record(room, on);
      case ConferenceAction.SetVariables set -> variables(room, snapshot, set);
      case ConferenceAction.SetMaxParticipants(OptionalInt max) -> limit(room, max);
      case ConferenceAction.Ban(String number) -> {
        rooms.tell(room, state -> state.ban(number));
        yield keeping.keep(room, ban(number, true));
      }
      case ConferenceAction.Unban(String number) -> {
        rooms.tell(room, state -> state.unban(number));
        yield keeping.keep(room, ban(number, false));
      }
      case ConferenceAction.MuteAll(boolean on) ->
          all(
              room,
              snapshot,
              member -> !member.moderator() && member.muted() != on,
              member -> new MixerCommand.Mute(member.call(), on));
      case ConferenceAction.DeafAll(boolean on) ->
          all(
              room,
              snapshot,
              member -> !member.moderator() && member.deaf() != on,
              member -> new MixerCommand.Deaf(member.call(), on));
      case ConferenceAction.KickAll(boolean ban) -> {
        snapshot.members().forEach(member -> announceKick(rooms, room, member, ban));
        if (ban) {
          Map<String, String> bans = new HashMap<>();
          snapshot.members().forEach(member -> bans.putAll(ban(member.callerNumber(), true)));
          keeping.keep(room, bans);
        }
        yield all(room, snapshot, member -> true, member -> new MixerCommand.Kick(member.call()));
      }
    };
  }

  /**
   * Notifies the room that a member is about to be kicked. Must be called before the command is
   * sent to the mixer.
   */
  static void announceKick(Rooms rooms, RoomId room, Member member, boolean ban) {
    rooms.tell(
        room,
        state -> {
          if (ban) {
            state.ban(member.callerNumber());
          }
          state.departs(member.call(), LeaveReason.KICKED);
        });
  }

  /** Returns the variable for a ban; empty for a withheld number, which cannot be banned. */
  static Map<String, String> ban(String number, boolean on) {
    String compared = CallerNumber.spelling(number);
    return compared.isEmpty() ? Map.of() : KeptVariables.ban(compared, on);
  }

  private ActionResult order(RoomId room, MixerCommand command) {
    return orders.give(room, command, "");
  }

  /**
   * Sends a command for each matching member. A member who has left in the meantime does not count
   * as a failure.
   */
  private ActionResult all(
      RoomId room,
      RoomSnapshot snapshot,
      Predicate<Member> filter,
      Function<Member, MixerCommand> command) {
    List<MixerCommand> commands = snapshot.members().stream().filter(filter).map(command).toList();
    return orders.give(room, commands).stream()
        .filter(ActionResult.Unknown.class::isInstance)
        .findFirst()
        .orElse(Orders.DONE);
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

  private ActionResult variables(
      RoomId room, RoomSnapshot snapshot, ConferenceAction.SetVariables set) {
    ActionResult result = order(room, new MixerCommand.SetVariables(set.variables()));
    if (result instanceof ActionResult.Done) {
      rooms.tell(room, state -> state.variables(set.variables()));
      if (set.tell()) {
        snapshot
            .members()
            .forEach(member ->
                orders.give(
                    room,
                    new MixerCommand.Notify(member.call(), set.variables()),
                    member.call().value()));
      }
    }
    return result;
  }

  private ActionResult limit(RoomId room, OptionalInt max) {
    OptionalInt mixerLimit =
        max.isPresent()
            ? OptionalInt.of(max.getAsInt() + RoomRules.MIXER_MARGIN)
            : OptionalInt.empty();
    ActionResult result = order(room, new MixerCommand.MaxMembers(mixerLimit));
    if (result instanceof ActionResult.Done) {
      rooms.tell(room, state -> state.limit(max.orElse(0)));
      return keeping.keep(room, KeptVariables.limit(max.orElse(0)));
    }
    return result;
  }
}
