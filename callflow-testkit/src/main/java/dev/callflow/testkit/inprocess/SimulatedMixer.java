package dev.callflow.testkit.inprocess;

import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Member;
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
import dev.callflow.core.document.AccountId;
import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The rooms of the simulated switch as the engine sees them. */
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

  /** What the model knows a medium by: its name, but for recordings, which it makes itself. */
  static String file(Media media) {
    return switch (media) {
      case Media.Recording(String name) -> recordingPath(name);
      case Media.Sequence(var parts) ->
          String.join("!", parts.stream().map(SimulatedMixer::file).toList());
      case Media.Prompt other -> other.name();
      case Media.Stored other -> other.name();
      case Media.Stream other -> other.name();
      case Media.HoldMusic other -> other.name();
    };
  }

  /** Where a recording lies, of a caller or of a room. */
  static String recordingPath(String name) {
    return "/recordings/" + name + ".wav";
  }

  /** An account id holds no line feed in practice, and a conference's id may follow one. */
  private static String name(RoomId room) {
    return room.account() + "\n" + room.conference();
  }

  RoomId id(String name) {
    int end = name.indexOf('\n');
    return new RoomId(new AccountId(name.substring(0, end)), name.substring(end + 1));
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions entry) {
    Application.Join join =
        new Application.Join(
            name(room),
            entry.profile().isEmpty() ? "default" : entry.profile(),
            entry.flags().stream().map(MemberFlag::word).collect(Collectors.toSet()),
            entry.enterSound().map(SimulatedMixer::file),
            entry.exitSound().map(SimulatedMixer::file),
            entry.mostMembers(),
            false,
            true);
    String id = "conference-" + entries.incrementAndGet();
    model.execute(leg.value(), new Execution(id, "conference", room.toString(), join, false));
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    return switch (carryOut(name(room), command)) {
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
      case MixerCommand.Kick(CallId member) -> rooms.kick(room, member.value());
      case MixerCommand.Lock(boolean on) -> rooms.lock(room, on);
      case MixerCommand.Play(Media media) -> rooms.play(room, file(media));
      case MixerCommand.PlayTo(CallId member, Media media) ->
          rooms.playTo(room, member.value(), file(media));
      case MixerCommand.StopPlaying() ->
          rooms.stop(room, true).isPresent() ? RoomReply.DONE : RoomReply.NO_ROOM;
      case MixerCommand.StartRecording(String name) ->
          rooms.startRecording(room, recordingPath(name));
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
      case MixerCommand.MostMembers(var most) -> rooms.limit(room, most);
    };
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
        .find(name(room))
        .<SnapshotReply>map(state ->
            new SnapshotReply.Shown(
                new MixerSnapshot(
                    room,
                    state.uuid(),
                    state.created(),
                    state.locked(),
                    !state.recordings().isEmpty(),
                    model.rooms().members(name(room)).stream().map(SimulatedMixer::member).toList(),
                    Set.of(),
                    state.variables())))
        .orElseGet(SnapshotReply.NoSuchRoom::new);
  }

  // ---- between switches

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
  public void bridge(CallId leg, RoomId room, Bridge way) {
    SimulatedLeg bridged = legs.get(leg.value());
    if (bridged == null) {
      return;
    }
    String id = "bridge-" + entries.incrementAndGet();
    bridged.bridging(id, room);
    model.execute(
        leg.value(), new Execution(id, "bridge", "", new Application.External(true), false));
    CallId far = new CallId(way.token());
    lines.put(leg, () -> trunks.hangUp(way.address(), far));
    ChannelState channel = model.channel(leg.value()).orElseThrow();
    Runnable end = () -> model.finish(leg.value(), id, "_none_");
    if (!trunks.call(way, channel.callerNumber(), channel.callerName(), end, far)) {
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
        model.rooms().all().stream().map(room -> id(room.name())).collect(Collectors.toSet()));
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

  void happened(SwitchEvent event) {
    if (event instanceof SwitchEvent.OfRoom ofRoom) {
      translated(ofRoom).ifPresent(told -> listeners.forEach(listener -> listener.accept(told)));
    }
  }

  private Optional<MixerEvent> translated(SwitchEvent.OfRoom event) {
    RoomId room = id(event.room().name());
    String instance = event.room().uuid();
    return Optional.ofNullable(
        switch (event) {
          case SwitchEvent.RoomCreated created -> new MixerEvent.Created(room, instance);
          case SwitchEvent.RoomDestroyed destroyed -> new MixerEvent.Destroyed(room, instance);
          case SwitchEvent.MemberAdded(var state, var member) ->
              new MixerEvent.Added(room, instance, member(member));
          case SwitchEvent.MemberRemoved(var state, var member) ->
              new MixerEvent.Removed(room, instance, member(member));
          case SwitchEvent.MemberChanged(var state, var member, var what) ->
              new MixerEvent.Changed(room, instance, change(what), member(member));
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

  private static MixerEvent.Change change(SwitchEvent.MemberChange what) {
    return switch (what) {
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
      case HELD, UNHELD, VIDEO_MUTED, VIDEO_UNMUTED, GAIN_CONTROL -> MixerEvent.Change.OTHER;
    };
  }

  private static Member member(MemberState state) {
    return new Member(
        new CallId(state.channel().uuid()),
        state.number(),
        new Member.Party(state.channel().callerName(), state.channel().callerNumber()),
        flags(state),
        new Member.Levels(state.energy(), state.volumeIn(), state.volumeOut()),
        state.joined());
  }

  private static Set<Member.Flag> flags(MemberState state) {
    Set<Member.Flag> flags = EnumSet.noneOf(Member.Flag.class);
    if (state.moderator()) {
      flags.add(Member.Flag.MODERATOR);
    }
    if (state.ghost()) {
      flags.add(Member.Flag.GHOST);
    }
    if (state.muted()) {
      flags.add(Member.Flag.MUTED);
    }
    if (state.deaf()) {
      flags.add(Member.Flag.DEAF);
    }
    if (state.talking()) {
      flags.add(Member.Flag.TALKING);
    }
    if (state.floor()) {
      flags.add(Member.Flag.FLOOR);
    }
    if (state.videoMuted()) {
      flags.add(Member.Flag.VIDEO_MUTED);
    }
    return flags;
  }
}
