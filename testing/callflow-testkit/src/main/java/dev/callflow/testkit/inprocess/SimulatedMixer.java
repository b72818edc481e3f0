package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.mixer.RoomsReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.Media;
import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The rooms of the simulated switch, as the engine sees them. */
final class SimulatedMixer implements Mixer {

  private final SimulatedSwitch model;
  private final Dialler dialler;
  private final Map<String, SimulatedLeg> legs;
  private final Map<String, Consumer<Leg>> expected = new ConcurrentHashMap<>();
  private final Map<CallId, Runnable> lines = new ConcurrentHashMap<>();
  private volatile Trunks trunks = new Trunks();
  private final List<Consumer<MixerEvent>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong entries = new AtomicLong();

  SimulatedMixer(SimulatedSwitch model, Dialler dialler, Map<String, SimulatedLeg> legs) {
    this.model = model;
    this.dialler = dialler;
    this.legs = legs;
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions entry) {
    Application.Join join =
        new Application.Join(
            SwitchNames.of(room),
            entry.profile().isEmpty() ? "default" : entry.profile(),
            entry.flags().stream().map(MemberFlag::word).collect(Collectors.toSet()),
            entry.enterSound().map(SwitchNames::file),
            entry.exitSound().map(SwitchNames::file),
            entry.maxMembers(),
            false,
            true);
    String id = "conference-" + entries.incrementAndGet();
    model.send(leg.value(), new Execution(id, "conference", room.toString(), join, false));
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    return switch (carryOut(SwitchNames.of(room), command)) {
      case DONE -> new MixerReply.Done();
      case NO_ROOM, NO_MEMBER -> new MixerReply.NotThere();
      case NO_FILE -> new MixerReply.Refused("there is no such file");
      case REFUSED -> new MixerReply.Refused("there is nothing to change");
    };
  }

  private RoomReply carryOut(String room, MixerCommand command) {
    SimRooms rooms = model.rooms();
    return switch (command) {
      case MixerCommand.Mute(CallId member, boolean on) -> rooms.mute(room, member.value(), on);
      case MixerCommand.Deaf(CallId member, boolean on) -> rooms.deafen(room, member.value(), on);
      case MixerCommand.MuteAll(boolean on) ->
          each(rooms, room, member -> rooms.mute(room, member, on));
      case MixerCommand.DeafAll(boolean on) ->
          each(rooms, room, member -> rooms.deafen(room, member, on));
      case MixerCommand.Kick(CallId member) -> rooms.kick(room, member.value());
      case MixerCommand.Lock(boolean on) -> rooms.lock(room, on);
      case MixerCommand.Play(Media media) -> rooms.play(room, SwitchNames.file(media));
      case MixerCommand.PlayTo(CallId member, Media media) ->
          rooms.playTo(room, member.value(), SwitchNames.file(media));
      case MixerCommand.StopPlaying() ->
          rooms.stop(room, true).isPresent() ? RoomReply.DONE : RoomReply.NO_ROOM;
      case MixerCommand.StartRecording(String name) ->
          rooms.startRecording(room, SwitchNames.recording(name));
      case MixerCommand.StopRecording() -> stopRecordings(rooms, room);
      case MixerCommand.Energy(CallId member, int level) ->
          rooms.energy(room, member.value(), level);
      case MixerCommand.TalkVolume(CallId member, int level) ->
          rooms.volumeIn(room, member.value(), level);
      case MixerCommand.ListenVolume(CallId member, int level) ->
          rooms.volumeOut(room, member.value(), level);
      case MixerCommand.Floor(CallId member) -> rooms.floor(room, member.value());
      case MixerCommand.Relate(CallId member, CallId other, MixerCommand.Relation relation) ->
          rooms.relate(
              room,
              member.value(),
              other.value(),
              relation != MixerCommand.Relation.MUTE,
              relation != MixerCommand.Relation.DEAF);
      case MixerCommand.SetVariables(var variables) -> rooms.assign(room, variables);
      case MixerCommand.Notify notify -> RoomReply.DONE;
      case MixerCommand.MaxMembers(var limit) -> rooms.limit(room, limit);
    };
  }

  /** Changes all members of a room except moderators. */
  private static RoomReply each(SimRooms rooms, String room, Consumer<String> change) {
    if (rooms.find(room).isEmpty()) {
      return RoomReply.NO_ROOM;
    }
    rooms.members(room).stream()
        .filter(member -> !member.moderator())
        .forEach(member -> change.accept(member.channel().uuid()));
    return RoomReply.DONE;
  }

  private static RoomReply stopRecordings(SimRooms rooms, String room) {
    Optional<SimRoomState> state = rooms.find(room);
    state.ifPresent(found -> found.recordings().forEach(path -> rooms.stopRecording(room, path)));
    return state.isPresent() ? RoomReply.DONE : RoomReply.NO_ROOM;
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return model
        .rooms()
        .find(SwitchNames.of(room))
        .<SnapshotReply>map(state ->
            new SnapshotReply.Shown(
                new MixerSnapshot(
                    room,
                    state.uuid(),
                    state.created(),
                    state.locked(),
                    !state.recordings().isEmpty(),
                    model.rooms().members(SwitchNames.of(room)).stream()
                        .map(SimulatedRoomEvents::member)
                        .toList(),
                    Set.of(),
                    state.variables())))
        .orElseGet(SnapshotReply.NoSuchRoom::new);
  }

  // ---- Calls between switches

  void trunks(Trunks between) {
    trunks = between;
  }

  Optional<Consumer<Leg>> expected(String token) {
    return Optional.ofNullable(expected.remove(token));
  }

  void gone(CallId leg) {
    Runnable line = lines.remove(leg);
    if (line != null) {
      line.run();
    }
  }

  @Override
  public boolean has(CallId leg) {
    return model.channel(leg.value()).isPresent();
  }

  @Override
  public void expect(String token, Consumer<Leg> arrived) {
    expected.put(token, arrived);
  }

  @Override
  public void bridge(CallId leg, RoomId room, Bridge bridge) {
    SimulatedLeg bridged = legs.get(leg.value());
    if (bridged == null) {
      return;
    }
    String id = "bridge-" + entries.incrementAndGet();
    bridged.bridging(id, room);
    model.execute(
        leg.value(), new Execution(id, "bridge", "", new Application.External(true), false));
    CallId far = new CallId(bridge.token());
    lines.put(leg, () -> trunks.hangUp(bridge.address(), far));
    ChannelState channel = model.channel(leg.value()).orElseThrow();
    Runnable end = () -> model.finish(leg.value(), id, "_none_");
    if (!trunks.call(bridge, channel.callerNumber(), channel.callerName(), end, far)) {
      end.run();
    }
  }

  @Override
  public void bridged(CallId leg, RoomSignal.Entered entered) {
    SimulatedLeg bridged = legs.get(leg.value());
    if (bridged != null) {
      bridged.entered(entered);
    }
  }

  @Override
  public RoomsReply rooms() {
    return new RoomsReply.Listed(
        model.rooms().all().stream()
            .map(room -> SwitchNames.room(room.name()))
            .collect(Collectors.toSet()));
  }

  @Override
  public CallId newLeg() {
    return new CallId(model.newUuid());
  }

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    return dialler.dial(leg, order);
  }

  @Override
  public void cancel(CallId leg) {
    model.hangUp(leg.value(), EndedBy.ENGINE, HangupCause.ORIGINATOR_CANCEL);
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }

  void happened(SwitchEvent.OfRoom event) {
    SimulatedRoomEvents.of(event)
        .ifPresent(change -> listeners.forEach(listener -> listener.accept(change)));
  }
}
