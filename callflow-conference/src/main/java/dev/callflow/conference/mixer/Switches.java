package dev.callflow.conference.mixer;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several switches that act as one mixer. Each room runs on one of them, its focus; a leg on
 * another switch is bridged to the focus over SIP. In commands and events, a bridged member is
 * identified by the caller's own leg, not by the leg on the focus.
 *
 * <p>Safe for use by any thread.
 */
public final class Switches implements Mixer {

  private static final Logger LOG = LoggerFactory.getLogger(Switches.class);

  private static final Duration SIGNAL_TIMEOUT = Duration.ofHours(1);

  private static final Duration DEFAULT_UNREACHABLE_TIMEOUT = Duration.ofMinutes(1);

  /**
   * One of the switches.
   *
   * @param name the name of the switch, which serves as the {@code focus} of the rooms that run on
   *     it
   * @param address the SIP address at which the other switches reach this one: a host, optionally
   *     with a port
   * @param mixer the mixer of the switch
   */
  public record Switch(String name, String address, Mixer mixer) {}

  /**
   * The credentials that a switch requires for legs that are bridged to it from another switch.
   *
   * @param username the user name, a {@linkplain DialOrder#isValue plain value}; may be empty
   * @param password the password, a {@linkplain DialOrder#isValue plain value}; may be empty
   */
  public record Credentials(String username, String password) {

    /**
     * Rejects values that a dial string cannot contain; the exception message does not repeat them.
     */
    public Credentials {
      if (!DialOrder.isValue(username) || !DialOrder.isValue(password)) {
        throw new IllegalArgumentException(
            "the user name and password of a bridge must each be a single line without ',"
                + " backslashes, braces, $ or :_:");
      }
    }

    /** Omits the password. */
    @Override
    public String toString() {
      return "Credentials[username=" + username + "]";
    }
  }

  private final Map<String, Switch> switches = new LinkedHashMap<>();
  private final RoomOwners owners;
  private final Placement placement;
  private final Function<RoomId, Credentials> credentials;
  private final TimeSource time;
  private final Duration unreachableTimeout;

  /** The times since which switches cannot be reached. */
  private final Map<String, Instant> down = new ConcurrentHashMap<>();

  /** Maps each bridged caller's own leg to their leg on the focus; {@link #near} is the inverse. */
  private final Map<CallId, CallId> far = new ConcurrentHashMap<>();

  private final Map<CallId, CallId> near = new ConcurrentHashMap<>();
  private final Map<RoomId, Set<String>> instances = new ConcurrentHashMap<>();

  /** The owners of running rooms, cached here to avoid a look-up for every event. */
  private final Map<RoomId, String> homes = new ConcurrentHashMap<>();

  /**
   * Combines switches into one mixer. A switch keeps its rooms for one minute while it cannot be
   * reached.
   *
   * @param all the switches; at least one, with different names
   * @param owners records which switch runs each room
   * @param placement chooses the switch of a new room
   * @param credentials returns the credentials for bridging legs to a room
   * @param time the source of time and threads
   */
  public Switches(
      List<Switch> all,
      RoomOwners owners,
      Placement placement,
      Function<RoomId, Credentials> credentials,
      TimeSource time) {
    this(all, owners, placement, credentials, time, DEFAULT_UNREACHABLE_TIMEOUT);
  }

  /**
   * Combines switches into one mixer.
   *
   * @param all the switches; at least one, with different names
   * @param owners records which switch runs each room
   * @param placement chooses the switch of a new room
   * @param credentials returns the credentials for bridging legs to a room
   * @param time the source of time and threads
   * @param unreachableTimeout how long a switch keeps its rooms while it cannot be reached. Then
   *     the next caller of such a room goes to another switch. Use the same time as in {@link
   *     dev.callflow.conference.Conferences.Builder#unreachableTimeout}
   */
  public Switches(
      List<Switch> all,
      RoomOwners owners,
      Placement placement,
      Function<RoomId, Credentials> credentials,
      TimeSource time,
      Duration unreachableTimeout) {
    for (Switch each : all) {
      if (switches.put(each.name(), each) != null) {
        throw new IllegalArgumentException("two switches are named " + each.name());
      }
    }
    if (switches.isEmpty()) {
      throw new IllegalArgumentException("at least one switch is required");
    }
    this.owners = owners;
    this.placement = placement;
    this.credentials = credentials;
    this.time = time;
    this.unreachableTimeout = unreachableTimeout;
  }

  @Override
  public boolean available() {
    return switches.values().stream().anyMatch(each -> each.mixer().available());
  }

  @Override
  public boolean reachable(RoomId room) {
    return owner(room).map(focus -> isUp(focus) || isOverdue(focus)).orElse(true);
  }

  private boolean isUp(Switch which) {
    return !down.containsKey(which.name()) || which.mixer().available();
  }

  /** Returns whether a switch has been unreachable for so long that it loses its rooms. */
  private boolean isOverdue(Switch which) {
    Instant since = down.get(which.name());
    return since != null && !time.now().isBefore(since.plus(unreachableTimeout));
  }

  @Override
  public boolean has(CallId leg) {
    return at(leg).isPresent();
  }

  @Override
  public Optional<AdoptedMember> adopt(CallId member, RoomId room) {
    return owner(room).flatMap(focus -> focus.mixer().adopt(member, room));
  }

  @Override
  public MixerReply keep(CallId call, RoomId room, String settings) {
    return at(call)
        .map(each -> each.mixer().keep(call, room, settings))
        .orElseGet(MixerReply.NotThere::new);
  }

  @Override
  public KeptReply kept() {
    List<KeptReply.Kept> all = new ArrayList<>();
    for (Switch each : switches.values()) {
      switch (each.mixer().kept()) {
        case KeptReply.Listed(List<KeptReply.Kept> listed) -> all.addAll(listed);
        case KeptReply.NoAnswer(String why) ->
            LOG.warn("switch {}: cannot list the kept settings: {}", each.name(), why);
      }
    }
    return new KeptReply.Listed(all);
  }

  private Optional<Switch> at(CallId leg) {
    return switches.values().stream().filter(each -> each.mixer().has(leg)).findFirst();
  }

  @Override
  public String focus(RoomId room) {
    String home = homes.get(room);
    return home == null ? owners.owner(room).orElse("") : home;
  }

  private Optional<Switch> owner(RoomId room) {
    return Optional.ofNullable(switches.get(focus(room)));
  }

  /** Returns the switch that owns a room; assigns a switch to the room if it has no owner. */
  private Switch claim(RoomId room, Optional<Switch> at) {
    Optional<Switch> owner = owner(room);
    if (owner.isPresent()) {
      if (isUp(owner.get()) || !isOverdue(owner.get())) {
        return owner.get();
      }
      LOG.warn("room {}: moving away from switch {}, which is down", room, owner.get().name());
      over(room, owner.get());
    }
    List<String> usable =
        switches.values().stream()
            .filter(each -> each.mixer().available())
            .map(Switch::name)
            .toList();
    String chosen =
        usable.isEmpty()
            ? at.map(Switch::name).orElse(switches.keySet().iterator().next())
            : placement.place(room, at.map(Switch::name), usable);
    Switch claimed = switches.get(owners.claim(room, chosen));
    if (claimed == null) {
      throw new IllegalStateException("room " + room + " runs on an unknown switch");
    }
    return claimed;
  }

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions entry) {
    Optional<Switch> at = at(leg);
    if (at.isEmpty()) {
      LOG.debug("room {}: leg {} ended before it could enter", room, leg);
      return;
    }
    Switch focus = claim(room, at);
    if (focus == at.get()) {
      focus.mixer().enter(leg, room, entry);
    } else {
      bridge(leg, room, entry, at.get(), focus);
    }
  }

  private void bridge(CallId leg, RoomId room, JoinOptions entry, Switch at, Switch focus) {
    Credentials with = credentials.apply(room);
    Bridge way =
        new Bridge(
            focus.mixer().newLeg().value(),
            focus.address(),
            with.username(),
            with.password(),
            entry.flags().contains(MemberFlag.MODERATOR));
    LOG.info("room {}: bridging leg {} from {} to {}", room, leg, at.name(), focus.name());
    focus
        .mixer()
        .expect(
            way.token(),
            arrived ->
                time.start("bridged-" + leg, () -> stay(leg, arrived, room, entry, at, focus)));
    at.mixer().bridge(leg, room, way);
  }

  /**
   * Answers the leg on the focus, adds it to the room and waits until it leaves. The caller's own
   * leg is controlled by the thread of the call.
   */
  private void stay(
      CallId leg, Leg arrived, RoomId room, JoinOptions entry, Switch at, Switch focus) {
    far.put(leg, arrived.id());
    near.put(arrived.id(), leg);
    boolean entered = false;
    try {
      arrived.answer();
      focus.mixer().enter(arrived.id(), room, entry);
      while (true) {
        LegEvent event = arrived.events().poll(SIGNAL_TIMEOUT);
        if (event instanceof RoomSignal.Entered in) {
          entered = true;
          at.mixer().bridged(leg, in);
        } else if (event instanceof RoomSignal.Left || event instanceof LegEvent.HungUp) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // This ends the bridge, and the mixer of the other switch then releases the caller's own leg.
      arrived.hangup(HangupCause.NORMAL_CLEARING);
      far.remove(leg, arrived.id());
      if (!entered) {
        near.remove(arrived.id());
      }
    }
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    return owner(room)
        .map(focus -> focus.mixer().apply(room, addressed(command)))
        .orElseGet(MixerReply.NotThere::new);
  }

  private CallId far(CallId leg) {
    return far.getOrDefault(leg, leg);
  }

  private MixerCommand addressed(MixerCommand command) {
    return switch (command) {
      case MixerCommand.Mute(CallId member, boolean on) -> new MixerCommand.Mute(far(member), on);
      case MixerCommand.Deaf(CallId member, boolean on) -> new MixerCommand.Deaf(far(member), on);
      case MixerCommand.Kick(CallId member) -> new MixerCommand.Kick(far(member));
      case MixerCommand.PlayTo(CallId member, var media) ->
          new MixerCommand.PlayTo(far(member), media);
      case MixerCommand.Energy(CallId member, int level) ->
          new MixerCommand.Energy(far(member), level);
      case MixerCommand.TalkVolume(CallId member, int level) ->
          new MixerCommand.TalkVolume(far(member), level);
      case MixerCommand.ListenVolume(CallId member, int level) ->
          new MixerCommand.ListenVolume(far(member), level);
      case MixerCommand.Floor(CallId member) -> new MixerCommand.Floor(far(member));
      case MixerCommand.Relate(CallId member, CallId other, var relation) ->
          new MixerCommand.Relate(far(member), far(other), relation);
      case MixerCommand.Notify(CallId member, var variables) ->
          new MixerCommand.Notify(far(member), variables);
      case MixerCommand.MuteAll mute -> mute;
      case MixerCommand.DeafAll deaf -> deaf;
      case MixerCommand.Lock lock -> lock;
      case MixerCommand.Play play -> play;
      case MixerCommand.StopPlaying stop -> stop;
      case MixerCommand.StartRecording start -> start;
      case MixerCommand.StopRecording stop -> stop;
      case MixerCommand.SetVariables set -> set;
      case MixerCommand.MaxMembers max -> max;
    };
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    Optional<Switch> focus = owner(room);
    if (focus.isEmpty()) {
      return new SnapshotReply.NoSuchRoom();
    }
    return switch (focus.get().mixer().snapshot(room)) {
      case SnapshotReply.Shown(MixerSnapshot shown) ->
          new SnapshotReply.Shown(
              new MixerSnapshot(
                  shown.room(),
                  shown.instance(),
                  shown.since(),
                  shown.locked(),
                  shown.recording(),
                  shown.members().stream().map(this::shown).toList(),
                  new HashSet<>(shown.held().stream().map(this::near).toList()),
                  shown.variables()));
      case SnapshotReply.NoSuchRoom none -> none;
      case SnapshotReply.NoAnswer none -> none;
    };
  }

  private CallId near(CallId leg) {
    return near.getOrDefault(leg, leg);
  }

  private Member shown(Member member) {
    CallId leg = near.get(member.call());
    return leg == null ? member : member.withCall(leg);
  }

  @Override
  public RoomsReply rooms() {
    Set<RoomId> all = new HashSet<>();
    for (Switch each : switches.values()) {
      switch (each.mixer().rooms()) {
        case RoomsReply.Listed(Set<RoomId> listed) ->
            listed.forEach(room -> {
              if (owners.claim(room, each.name()).equals(each.name())) {
                all.add(room);
              } else {
                LOG.warn("room {}: running on {}, but owned by another switch", room, each.name());
              }
            });
        case RoomsReply.NoAnswer(String why) ->
            LOG.warn("switch {}: cannot list the rooms: {}", each.name(), why);
      }
    }
    return new RoomsReply.Listed(all);
  }

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    return claim(order.room(), order.near().flatMap(this::at)).mixer().dial(leg, order);
  }

  @Override
  public void cancel(CallId leg) {
    switches.values().forEach(each -> each.mixer().cancel(leg));
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    switches.values().forEach(each -> each.mixer().listen(event -> forward(each, event, listener)));
  }

  private void forward(Switch from, MixerEvent event, Consumer<MixerEvent> listener) {
    switch (event) {
      case MixerEvent.InRoom inRoom -> {
        String home = homes.computeIfAbsent(inRoom.room(), room -> owners.claim(room, from.name()));
        if (home.equals(from.name())) {
          listener.accept(shown(inRoom));
          follow(from, inRoom);
        } else {
          LOG.warn(
              "room {}: ignoring an event from {} because another switch owns the room",
              inRoom.room(),
              from.name());
        }
      }
      case MixerEvent.Restarted restarted -> {
        Set<RoomId> lost = roomsOf(from);
        listener.accept(new MixerEvent.Restarted(Optional.of(lost)));
        lost.forEach(room -> over(room, from));
      }
      case MixerEvent.LinkLost lost -> {
        down.putIfAbsent(from.name(), time.now());
        listener.accept(new MixerEvent.LinkLost(Optional.of(roomsOf(from))));
      }
      case MixerEvent.LinkRestored restored -> {
        down.remove(from.name());
        listener.accept(new MixerEvent.LinkRestored(Optional.of(roomsOf(from))));
      }
    }
  }

  private Set<RoomId> roomsOf(Switch focus) {
    Set<RoomId> all = new HashSet<>();
    homes.forEach((room, home) -> {
      if (home.equals(focus.name())) {
        all.add(room);
      }
    });
    return all;
  }

  /**
   * Keeps track of a room's instances, and releases the room only when the last of them has ended,
   * because an old and a new instance can overlap.
   */
  private void follow(Switch from, MixerEvent.InRoom event) {
    switch (event) {
      case MixerEvent.Destroyed destroyed -> {
        Set<String> running = instances.get(destroyed.room());
        if (running != null) {
          running.remove(destroyed.instance());
          if (running.isEmpty()) {
            over(destroyed.room(), from);
          }
        }
      }
      case MixerEvent.Removed removed -> near.remove(removed.member().call());
      case MixerEvent.Created created -> runs(created);
      case MixerEvent.Added added -> runs(added);
      case MixerEvent.Changed changed -> runs(changed);
      case MixerEvent.FloorChanged changed -> runs(changed);
      case MixerEvent.Locked lock -> runs(lock);
      case MixerEvent.PlayStarted play -> runs(play);
      case MixerEvent.PlayEnded play -> runs(play);
      case MixerEvent.RecordingStarted started -> runs(started);
      case MixerEvent.RecordingStopped stopped -> runs(stopped);
    }
  }

  private void runs(MixerEvent.InRoom event) {
    instances
        .computeIfAbsent(event.room(), room -> ConcurrentHashMap.newKeySet())
        .add(event.instance());
  }

  private void over(RoomId room, Switch focus) {
    instances.remove(room);
    homes.remove(room);
    owners.release(room, focus.name());
  }

  private MixerEvent.InRoom shown(MixerEvent.InRoom event) {
    return switch (event) {
      case MixerEvent.Added(var room, String instance, Member member) ->
          new MixerEvent.Added(room, instance, shown(member));
      case MixerEvent.Removed(var room, String instance, Member member) ->
          new MixerEvent.Removed(room, instance, shown(member));
      case MixerEvent.Changed(var room, String instance, var what, Member member) ->
          new MixerEvent.Changed(room, instance, what, shown(member));
      case MixerEvent.FloorChanged(var room, String instance, var holder) ->
          new MixerEvent.FloorChanged(room, instance, holder.map(this::near));
      case MixerEvent.Created created -> created;
      case MixerEvent.Destroyed destroyed -> destroyed;
      case MixerEvent.Locked lock -> lock;
      case MixerEvent.PlayStarted play -> play;
      case MixerEvent.PlayEnded play -> play;
      case MixerEvent.RecordingStarted started -> started;
      case MixerEvent.RecordingStopped stopped -> stopped;
    };
  }
}
