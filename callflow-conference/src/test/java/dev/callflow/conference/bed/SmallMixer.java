package dev.callflow.conference.bed;

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
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A mixer that by default reacts at once: legs enter the room, kicked members leave it, and each
 * change is reported by an event. A test can change this behaviour. Use it in virtual time only,
 * where one thread runs at a time.
 */
public final class SmallMixer implements Mixer {

  /** The energy level of members whose options do not set one. */
  public static final int USUAL_ENERGY = 300;

  /** An order to let a leg enter a room. */
  public record Entry(CallId leg, RoomId room, JoinOptions options) {}

  /** What happens to legs that enter a room. */
  public enum Admits {
    /** The leg is in the room at once. */
    AT_ONCE,
    /** The leg is sent back at once. */
    NO_LEG,
    /** Nothing happens until the test lets the leg in. */
    LATER,
    /** The leg is in the room at once but receives no event. */
    IN_SILENCE,
    /** The order throws an exception. */
    FAILING
  }

  private static final class Running {
    final String instance;
    final Instant since;
    final Map<CallId, Member> members = new LinkedHashMap<>();
    boolean locked;

    Running(String instance, Instant since) {
      this.instance = instance;
      this.since = since;
    }
  }

  private final TimeSource time;
  private final List<Consumer<MixerEvent>> listeners = new ArrayList<>();
  private final Map<CallId, ScriptedLeg> legs = new HashMap<>();
  private final Map<RoomId, Running> rooms = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<MixerCommand> commands = new ArrayList<>();
  private final List<DialOrder> orders = new ArrayList<>();
  private final Map<CallId, Inbox<DialReply>> ringing = new HashMap<>();
  private boolean available = true;
  private Admits admits = Admits.AT_ONCE;
  private Duration lag = Duration.ZERO;
  private boolean removesKicked = true;
  private Optional<SnapshotReply> shows = Optional.empty();
  private Optional<MixerReply> replies = Optional.empty();
  private boolean broken;
  private Duration ringsFor = Duration.ofSeconds(5);
  private Optional<DialReply> dialReply = Optional.empty();
  private int instances;
  private int members;
  private int named;

  public SmallMixer(TimeSource time) {
    this.time = time;
  }

  // ---- settings

  /** Sets whether the mixer can be reached. */
  public void available(boolean is) {
    available = is;
  }

  /** Sets what happens to legs that enter from now on. */
  public void admits(Admits how) {
    admits = how;
  }

  /** Delays the mixer's events relative to those of the legs. */
  public void eventsComeLater(Duration by) {
    lag = by;
  }

  /** Makes the mixer confirm kicks but leave the members in the room. */
  public void keepsTheKicked() {
    removesKicked = false;
  }

  /** Sets the reply to snapshot requests. */
  public void shows(SnapshotReply reply) {
    shows = Optional.of(reply);
  }

  /** Makes the mixer give the same reply to every command, without executing any. */
  public void answers(MixerReply reply) {
    replies = Optional.of(reply);
  }

  /** Makes every command throw an exception. */
  public void breaks() {
    broken = true;
  }

  /** Sets how long a dialled endpoint rings before it answers. */
  public void ringsFor(Duration length) {
    ringsFor = length;
  }

  /** Sets the reply to all dial requests; the endpoint does not answer. */
  public void dialsReturn(DialReply reply) {
    dialReply = Optional.of(reply);
  }

  /** Registers a leg; when the leg ends, it leaves its room. */
  public void attach(ScriptedLeg leg) {
    legs.put(leg.id(), leg);
    leg.whenEnded(() -> List.copyOf(rooms.keySet()).forEach(room -> remove(room, leg.id())));
  }

  // ---- events

  /** Lets a waiting leg into its room. */
  public void letIn(String leg) {
    Entry entry = entry(leg);
    letIn(entry, true);
  }

  /** Releases a leg without sending an event that gives the reason. */
  public void letGo(String leg) {
    RoomId room = roomOf(leg);
    sendLeft(new CallId(leg), room, true);
    remove(room, new CallId(leg));
  }

  /** Kicks a leg in the way another application would. */
  public void kicksAsThirdParty(String leg) {
    RoomId room = roomOf(leg);
    changed(room, new CallId(leg), MixerEvent.Change.KICKED, member -> member);
    letGo(leg);
  }

  /** Sends events to all listeners. */
  public void emit(MixerEvent... events) {
    for (MixerEvent event : events) {
      if (lag.isZero()) {
        listeners.forEach(listener -> listener.accept(event));
      } else {
        time.after(lag, "mixer-event", () -> listeners.forEach(listener -> listener.accept(event)));
      }
    }
  }

  // ---- for assertions

  /** Returns all orders to let a leg enter a room, oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the latest order to let the given leg enter a room. */
  public Entry entry(String leg) {
    return entries.stream()
        .filter(entry -> entry.leg().equals(new CallId(leg)))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError(leg + " has not entered a room"));
  }

  /** Returns all commands, oldest first. */
  public List<MixerCommand> commands() {
    return List.copyOf(commands);
  }

  /** Returns all dial orders, oldest first. */
  public List<DialOrder> dialled() {
    return List.copyOf(orders);
  }

  /** Returns a leg, for instance one that was dialled and has answered. */
  public ScriptedLeg leg(String id) {
    return Optional.ofNullable(legs.get(new CallId(id)))
        .orElseThrow(() -> new AssertionError("there is no leg " + id));
  }

  /** Returns whether a leg is in a room. */
  public boolean hasIn(RoomId room, String leg) {
    return rooms.containsKey(room) && rooms.get(room).members.containsKey(new CallId(leg));
  }

  private RoomId roomOf(String leg) {
    return rooms.keySet().stream()
        .filter(room -> hasIn(room, leg))
        .findFirst()
        .orElseThrow(() -> new AssertionError(leg + " is in no room"));
  }

  // ---- the mixer

  @Override
  public boolean available() {
    return available;
  }

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions options) {
    Entry entry = new Entry(leg, room, options);
    entries.add(entry);
    switch (admits) {
      case AT_ONCE -> letIn(entry, true);
      case NO_LEG -> sendLeft(leg, room, false);
      case LATER -> {}
      case IN_SILENCE -> letIn(entry, false);
      case FAILING -> throw new IllegalStateException("broken");
    }
  }

  private void letIn(Entry entry, boolean notifiesLeg) {
    RoomId room = entry.room();
    Running running = rooms.get(room);
    if (running == null) {
      running = new Running("instance-" + ++instances, time.now());
      rooms.put(room, running);
      emit(new MixerEvent.Created(room, running.instance));
    }
    Member member = member(entry, ++members);
    running.members.put(entry.leg(), member);
    emit(new MixerEvent.Added(room, running.instance, member));
    ScriptedLeg leg = legs.get(entry.leg());
    if (notifiesLeg && leg != null) {
      leg.happens(new RoomSignal.Entered(room, running.instance, member.number()));
    }
  }

  private Member member(Entry entry, int number) {
    JoinOptions options = entry.options();
    Member.Flags flags = Member.Flags.NONE;
    for (MemberFlag flag : options.flags()) {
      Optional<Member.Flag> shown = shown(flag);
      flags = shown.isPresent() ? flags.with(shown.get(), true) : flags;
    }
    return new Member(
        entry.leg(),
        number,
        new Member.Party("", ""),
        flags,
        new Member.Levels(options.mixing().energyLevel().orElse(USUAL_ENERGY), 0, 0),
        time.now());
  }

  private static Optional<Member.Flag> shown(MemberFlag flag) {
    return switch (flag) {
      case MODERATOR -> Optional.of(Member.Flag.MODERATOR);
      case GHOST -> Optional.of(Member.Flag.GHOST);
      case MUTE -> Optional.of(Member.Flag.MUTED);
      case DEAF -> Optional.of(Member.Flag.DEAF);
      case VIDEO_MUTE -> Optional.of(Member.Flag.VIDEO_MUTED);
      case NO_MUSIC, DISTRIBUTE_DTMF, JOIN_EXISTING -> Optional.empty();
    };
  }

  private void sendLeft(CallId call, RoomId room, boolean entered) {
    ScriptedLeg leg = legs.get(call);
    if (leg != null && !leg.hasEnded()) {
      leg.happens(new RoomSignal.Left(room, entered));
    }
  }

  private void remove(RoomId room, CallId call) {
    Running running = rooms.get(room);
    Member member = running == null ? null : running.members.remove(call);
    if (member == null) {
      return;
    }
    emit(new MixerEvent.Removed(room, running.instance, member));
    if (running.members.isEmpty()) {
      rooms.remove(room);
      emit(new MixerEvent.Destroyed(room, running.instance));
    }
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    commands.add(command);
    if (broken) {
      throw new IllegalStateException("broken");
    }
    if (replies.isPresent()) {
      return replies.get();
    }
    return switch (command) {
      case MixerCommand.Mute(CallId call, boolean on) ->
          changed(
              room,
              call,
              on ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED,
              member -> member.with(Member.Flag.MUTED, on));
      case MixerCommand.Deaf(CallId call, boolean on) ->
          changed(
              room,
              call,
              on ? MixerEvent.Change.DEAFENED : MixerEvent.Change.UNDEAFENED,
              member -> member.with(Member.Flag.DEAF, on));
      case MixerCommand.MuteAll(boolean on) ->
          all(room, it -> apply(room, new MixerCommand.Mute(it.call(), on)));
      case MixerCommand.DeafAll(boolean on) ->
          all(room, it -> apply(room, new MixerCommand.Deaf(it.call(), on)));
      case MixerCommand.Energy(CallId call, int level) ->
          changed(
              room,
              call,
              MixerEvent.Change.ENERGY,
              member -> member.withLevels(new Member.Levels(level, 0, 0)));
      case MixerCommand.Kick(CallId call) -> kick(room, call);
      case MixerCommand.Lock(boolean on) -> lock(room, on);
      case MixerCommand.Floor(CallId call) -> floor(room, call);
      case MixerCommand.TalkVolume unseen -> new MixerReply.Done();
      case MixerCommand.ListenVolume unseen -> new MixerReply.Done();
      case MixerCommand.Play unseen -> new MixerReply.Done();
      case MixerCommand.PlayTo unseen -> new MixerReply.Done();
      case MixerCommand.StopPlaying unseen -> new MixerReply.Done();
      case MixerCommand.StartRecording unseen -> new MixerReply.Done();
      case MixerCommand.StopRecording unseen -> new MixerReply.Done();
      case MixerCommand.Relate unseen -> new MixerReply.Done();
      case MixerCommand.SetVariables unseen -> new MixerReply.Done();
      case MixerCommand.Notify unseen -> new MixerReply.Done();
      case MixerCommand.MaxMembers unseen -> new MixerReply.Done();
    };
  }

  private MixerReply changed(
      RoomId room, CallId call, MixerEvent.Change type, UnaryOperator<Member> change) {
    Running running = rooms.get(room);
    if (running == null || !running.members.containsKey(call)) {
      return new MixerReply.NotThere();
    }
    Member member = change.apply(running.members.get(call));
    running.members.put(call, member);
    emit(new MixerEvent.Changed(room, running.instance, type, member));
    return new MixerReply.Done();
  }

  private MixerReply all(RoomId room, Consumer<Member> change) {
    Running running = rooms.get(room);
    if (running == null) {
      return new MixerReply.NotThere();
    }
    List.copyOf(running.members.values()).stream()
        .filter(member -> !member.moderator())
        .forEach(change);
    return new MixerReply.Done();
  }

  private MixerReply kick(RoomId room, CallId call) {
    if (!hasIn(room, call.value())) {
      return new MixerReply.NotThere();
    }
    if (removesKicked) {
      kicksAsThirdParty(call.value());
    }
    return new MixerReply.Done();
  }

  private MixerReply lock(RoomId room, boolean on) {
    Running running = rooms.get(room);
    if (running == null) {
      return new MixerReply.NotThere();
    }
    running.locked = on;
    emit(new MixerEvent.Locked(room, running.instance, on));
    return new MixerReply.Done();
  }

  private MixerReply floor(RoomId room, CallId call) {
    Running running = rooms.get(room);
    if (running == null || !running.members.containsKey(call)) {
      return new MixerReply.NotThere();
    }
    running.members.replaceAll((each, member) -> member.with(Member.Flag.FLOOR, each.equals(call)));
    emit(new MixerEvent.FloorChanged(room, running.instance, Optional.of(call)));
    return new MixerReply.Done();
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return shows.orElseGet(() -> {
      @Nullable Running running = rooms.get(room);
      return running == null
          ? new SnapshotReply.NoSuchRoom()
          : new SnapshotReply.Shown(
              new MixerSnapshot(
                  room,
                  running.instance,
                  running.since,
                  running.locked,
                  false,
                  List.copyOf(running.members.values()),
                  Set.of(),
                  Map.of()));
    });
  }

  @Override
  public CallId newLeg() {
    return new CallId("dialled-" + ++named);
  }

  @Override
  public DialReply dial(CallId id, DialOrder order) {
    orders.add(order);
    Inbox<DialReply> cancelled = time.inbox(1);
    ringing.put(id, cancelled);
    try {
      boolean timesOut = ringsFor.compareTo(order.ringTimeout()) > 0;
      DialReply given = cancelled.poll(timesOut ? order.ringTimeout() : ringsFor);
      if (given != null) {
        return given;
      }
      if (timesOut) {
        return new DialReply.Failed(HangupCause.of("NO_ANSWER"));
      }
      return dialReply.orElseGet(() -> {
        ScriptedLeg leg = legs.computeIfAbsent(id, fresh -> new ScriptedLeg(id.value(), time));
        attach(leg);
        return new DialReply.Answered(leg);
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new DialReply.Unknown("interrupted");
    } finally {
      ringing.remove(id);
    }
  }

  @Override
  public void cancel(CallId leg) {
    Inbox<DialReply> call = ringing.get(leg);
    if (call != null) {
      call.offer(new DialReply.Failed(HangupCause.ORIGINATOR_CANCEL));
    }
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }
}
