package dev.callflow.conference.room;

import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.kept.RoomTurns;
import dev.callflow.conference.mixer.KeptReply;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomsReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.JoinDecision.DenyReason;
import dev.callflow.conference.sequence.InOrder;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.limit.Grant;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rooms of one mixer. Safe for use by any thread. A query is answered on the calling thread; if
 * another thread owns the room, it waits, but for no longer than the answer timeout.
 */
public final class Rooms {

  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  /** The maximum number of a room's waiting commands: when it ends, it has one for each member. */
  private static final int MAX_COMMANDS = 100_000;

  /**
   * The versions of a room begin at the time in milliseconds, multiplied by this factor. They keep
   * rising across restarts, because no room keeps changing this often.
   */
  private static final long VERSIONS_PER_MILLISECOND = 1000;

  /** The subject of the turn in which the settings that an earlier process kept are read. */
  private static final String KEPT = "kept";

  /** How long to wait until the settings have been read that an earlier process kept. */
  private static final Duration KEPT_TIMEOUT = Duration.ofSeconds(10);

  /** Longer than the 30 seconds for which the dialplan keeps trying to reach the host. */
  private static final Duration RETURN_TIMEOUT = Duration.ofSeconds(40);

  /**
   * The maximum number of attempts to list a room that is adopted. Right after a start, a busy
   * machine may answer late; without an answer, nobody would control the room's members.
   */
  private static final int MAX_LISTINGS = 3;

  private final Mixer mixer;
  private final TimeSource time;
  private final RoomListener listener;
  private final RoomPorts ports;
  private final RoomTurns turns;
  private final Duration unreachableTimeout;
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();

  /** Changed in the same steps as the rooms, so that nobody searches those of all accounts. */
  private final Map<AccountId, Set<RoomId>> byAccount = new ConcurrentHashMap<>();

  private final Set<RoomId> adopting = ConcurrentHashMap.newKeySet();

  private final AtomicLong lastVersion = new AtomicLong();

  /** The rooms whose settings have been restored, and that may be running as well. */
  private final Set<RoomId> restored = ConcurrentHashMap.newKeySet();

  /** Whether all of the mixer's rooms are known. */
  private volatile boolean adoptedAll = true;

  /**
   * Starts without any rooms and listens to the mixer.
   *
   * @param recordings creates the names of recordings that start automatically
   */
  public Rooms(
      Mixer mixer,
      TimeSource time,
      RoomOptions options,
      RecordingNames recordings,
      RoomListener listener) {
    this.mixer = mixer;
    this.unreachableTimeout = options.unreachableTimeout();
    this.time = time;
    this.listener = listener;
    turns = new RoomTurns(time);
    InOrder<RoomId> commands = new InOrder<>(time, "commands", MAX_COMMANDS);
    ports = new RoomPorts(mixer, commands, recordings, time, turns, options, listener);
    mixer.listen(this::onEvent);
  }

  // ---- callers and operators

  /**
   * Registers a caller who has reached a conference and is on their way into its room; opens the
   * room if it is not known. From now on, operators can change the conference's settings. {@link
   * RoomState#goAway} must follow. Does nothing if the account has reached its limit of rooms; then
   * {@link #join} refuses the caller.
   */
  public void arrive(RoomId id, CallId call, IncomingCall incoming) {
    if (prepare(id).isEmpty()) {
      Room room = room(id);
      while (!room.tellAlways(state -> state.arrive(call, incoming))) {
        room = roomAfter(room);
      }
    }
  }

  /**
   * Called when the connection to a caller is lost, before they leave. If they are outside, their
   * conference continues for 40 seconds, in which the switch can deliver the call again.
   *
   * @return whether they are outside
   */
  public boolean connectionLost(RoomId id, CallId call) {
    Instant until = time.now().plus(RETURN_TIMEOUT);
    boolean isOutside = ask(id, state -> state.connectionLost(call, until)).orElse(false);
    if (isOutside) {
      stopExpecting(id, call);
    }
    return isOutside;
  }

  /** Decides whether a caller may join a room; opens the room if it is not known. */
  public JoinDecision join(RoomId id, JoinRequest request) {
    return decide(id, state -> state.join(request));
  }

  /**
   * Takes a seat for a participant whom an operator adds; opens the room if it is not known. The
   * seat must be released by {@link RoomState#leave}.
   */
  public JoinDecision invite(RoomId id, Invitation invitation) {
    return decide(id, state -> state.invite(invitation));
  }

  /** Opens a room if it is not known; returns the limit that prevents this, if one does. */
  private Optional<JoinDecision> prepare(RoomId id) {
    // The room may be running already; its bans and members must be known before the decision.
    adoptIfRunning(id);
    if (!rooms.containsKey(id)) {
      listener.opening(id);
      Optional<Grant.Reached> reached = open(id);
      if (reached.isPresent()) {
        LOG.info("room {}: cannot open: {}", id, reached.get().message());
        listener.closed(id);
        return Optional.of(new JoinDecision.Limited(reached.get()));
      }
    }
    return Optional.empty();
  }

  private JoinDecision decide(RoomId id, Function<RoomState, JoinDecision> decision) {
    if (!mixer.reachable(id)) {
      return new JoinDecision.Refused(DenyReason.UNAVAILABLE);
    }
    Optional<JoinDecision> limited = prepare(id);
    if (limited.isPresent()) {
      return limited.get();
    }
    Room room = room(id);
    Optional<JoinDecision> reply = room.ask(decision);
    while (reply.isEmpty() && room.isClosed()) {
      room = roomAfter(room);
      reply = room.ask(decision);
    }
    return reply.orElseGet(() -> new JoinDecision.Refused(DenyReason.UNAVAILABLE));
  }

  /**
   * Runs a task in order with the other tasks of a room: now, or by the thread that owns the room.
   * Does nothing if the room is not known, or if too much is waiting; never blocks.
   *
   * @param task the task; it must not block and must not use another room
   */
  public void tell(RoomId id, Consumer<RoomState> task) {
    Room room = rooms.get(id);
    if (room != null) {
      room.tell(task);
    }
  }

  /**
   * Does the same as {@link #tell}, even if so much is waiting that other tasks are refused. For
   * what happens once for each caller and would otherwise never be noticed: a caller whose
   * departure is refused would keep their seat.
   */
  public void tellAlways(RoomId id, Consumer<RoomState> task) {
    Room room = rooms.get(id);
    if (room != null) {
      room.tellAlways(task);
    }
  }

  /**
   * Runs a query in order with the other tasks of a room, and returns the answer.
   *
   * @param query the query; it must not block, must not use another room, and must not return
   *     anything that the room changes later
   * @return the answer; empty if the query returns null, if the room is not known, or if the room
   *     does not answer in time
   */
  public <T> Optional<T> ask(RoomId id, Function<RoomState, T> query) {
    return Optional.ofNullable(rooms.get(id)).flatMap(room -> room.ask(query));
  }

  /** Publishes an event that does not come from the mixer; the room need not be running. */
  public void note(RoomId id, Notice notice) {
    Room room = rooms.get(id);
    if (room == null || !room.tell(state -> state.note(notice))) {
      listener.onEvent(new RoomEvent.Noted(id, notice, "", nextVersion()));
    }
  }

  /**
   * Registers a condition to wait for.
   *
   * @return the pending condition, which must be passed to {@link #forget} after waiting; empty if
   *     the room is not known
   */
  public Optional<PendingCondition> expect(RoomId id, Condition condition) {
    PendingCondition pending = new PendingCondition(id, condition, time.inbox(1));
    return ask(
        id,
        state -> {
          state.expect(pending);
          return pending;
        });
  }

  /** Removes a pending condition. */
  public void forget(PendingCondition condition) {
    tellAlways(condition.room(), state -> state.forget(condition));
  }

  /**
   * Compares the known state of a room with the mixer's and repairs any differences; blocks for a
   * few seconds at most.
   */
  public void compare(RoomId id) {
    Room room = rooms.get(id);
    if (room != null) {
      room.compareTwice();
    }
  }

  /**
   * Returns the current state of a room; empty if the room is not known. The cost grows with the
   * number of members; see {@link RoomState#summary}.
   */
  public Optional<RoomSnapshot> snapshot(RoomId id) {
    return ask(id, RoomState::snapshot);
  }

  /** Returns the current state of a member; empty if they are not in the room. */
  public Optional<Member> member(RoomId id, CallId call) {
    return ask(id, state -> state.member(call)).flatMap(Function.identity());
  }

  /**
   * Adopts a room if it is already running and this process has not yet adopted all running rooms;
   * blocks until the mixer has answered.
   */
  public void adoptIfRunning(RoomId id) {
    if (!adoptedAll && (!rooms.containsKey(id) || restored.contains(id))) {
      adoptNow(id);
    }
  }

  /** Returns the turns in which the settings of a room are changed. */
  public RoomTurns turns() {
    return turns;
  }

  /** Returns the maximum number of banned numbers in a room. */
  public int maxBans() {
    return ports.options().maxBans();
  }

  /** Returns whether a room is known. */
  public boolean contains(RoomId id) {
    return rooms.containsKey(id);
  }

  /** Returns the number of known rooms of all accounts. */
  public int count() {
    return rooms.size();
  }

  /** Returns the ids of the known rooms of all accounts. */
  public List<RoomId> ids() {
    return List.copyOf(rooms.keySet());
  }

  /** Returns the ids of the known rooms of an account. */
  public List<RoomId> ids(AccountId account) {
    return List.copyOf(byAccount.getOrDefault(account, Set.of()));
  }

  // ---- the mixer

  private void onEvent(MixerEvent event) {
    switch (event) {
      case MixerEvent.Created created -> tellOrOpen(created);
      case MixerEvent.Added added -> tellOrOpen(added);
      case MixerEvent.Removed removed -> tell(removed.room(), state -> state.onEvent(removed));
      case MixerEvent.Destroyed destroyed ->
          tell(destroyed.room(), state -> state.onEvent(destroyed));
      case MixerEvent.Changed changed -> tellOrAdopt(changed);
      case MixerEvent.FloorChanged changed -> tellOrAdopt(changed);
      case MixerEvent.Locked lock -> tellOrAdopt(lock);
      case MixerEvent.PlayStarted play -> tellOrAdopt(play);
      case MixerEvent.PlayEnded play -> tellOrAdopt(play);
      case MixerEvent.RecordingStarted started -> tellOrAdopt(started);
      case MixerEvent.RecordingStopped stopped -> tellOrAdopt(stopped);
      case MixerEvent.Restarted(Optional<Set<RoomId>> lost) ->
          tellAll(lost, RoomState::mixerIsGone);
      case MixerEvent.LinkLost(Optional<Set<RoomId>> of) -> {
        Instant until = time.now().plus(unreachableTimeout);
        tellAll(of, state -> state.unreachable(until));
      }
      case MixerEvent.LinkRestored(Optional<Set<RoomId>> of) -> {
        tellAll(of, RoomState::reachable);
        adoptedAll = false;
        // The turn begins here, so that no room opens before the settings have been read.
        RoomTurns.Turn reading = turns.queue(KEPT);
        time.start("compare-all", () -> compareAll(reading));
      }
    }
  }

  private void tellAll(Optional<Set<RoomId>> concerned, Consumer<RoomState> task) {
    rooms.values().stream()
        .filter(room -> concerned.map(all -> all.contains(room.id())).orElse(true))
        .forEach(room -> room.tell(task));
  }

  private void tellOrOpen(MixerEvent.InRoom event) {
    tellOrOpen(event.room(), state -> state.onEvent(event));
  }

  private void tellOrAdopt(MixerEvent.InRoom event) {
    if (rooms.containsKey(event.room())) {
      tell(event.room(), state -> state.onEvent(event));
    } else {
      adopt(event.room());
    }
  }

  private void tellOrOpen(RoomId id, Consumer<RoomState> task) {
    Room room = room(id);
    while (!room.tell(task) && room.isClosed()) {
      room = roomAfter(room);
    }
  }

  /**
   * Compares the known state of each room with the mixer's, because the events that happened while
   * the link was down are lost.
   */
  private void compareAll(RoomTurns.Turn reading) {
    rooms.values().forEach(room -> time.start("compare-" + room.id(), room::compareTwice));
    try (reading) {
      reading.begin(KEPT_TIMEOUT);
      switch (mixer.kept()) {
        case KeptReply.Listed(List<KeptReply.Kept> all) -> all.forEach(this::restore);
        case KeptReply.NoAnswer(String why) ->
            LOG.warn("cannot read the settings that an earlier process kept: {}", why);
      }
    }
    switch (mixer.rooms()) {
      case RoomsReply.Listed(Set<RoomId> all) -> {
        all.forEach(this::adoptNow);
        adoptedAll = true;
        restored.clear();
      }
      case RoomsReply.NoAnswer(String why) -> LOG.warn("cannot list the mixer's rooms: {}", why);
    }
  }

  /** Restores settings that an earlier process kept with the call of a caller. */
  private void restore(KeptReply.Kept kept) {
    Optional<KeptSettings> settings = KeptSettings.read(kept.settings());
    if (settings.isPresent()) {
      if (!rooms.containsKey(kept.room())) {
        listener.opening(kept.room());
      }
      restored.add(kept.room());
      Instant until = time.now().plus(RETURN_TIMEOUT);
      tellOrOpen(kept.room(), state -> state.willReturn(kept.call(), settings.get(), until));
      listener.restored(kept.room(), settings.get());
      stopExpecting(kept.room(), kept.call());
    }
  }

  private void stopExpecting(RoomId room, CallId call) {
    time.after(RETURN_TIMEOUT, "return-" + call, () -> tellAlways(room, RoomState::stopExpecting));
  }

  private void awaitKept() {
    try (RoomTurns.Turn turn = turns.queue(KEPT)) {
      if (!turn.begin(KEPT_TIMEOUT)) {
        LOG.warn("settings that an earlier process kept may be missing: reading takes too long");
      }
    }
  }

  /**
   * Adopts a running room that is not known, for instance because an earlier process created it.
   */
  private void adopt(RoomId id) {
    if (adopting.add(id)) {
      time.start(
          "adopt-" + id,
          () -> {
            try {
              adoptNow(id);
            } finally {
              adopting.remove(id);
            }
          });
    }
  }

  private void adoptNow(RoomId id) {
    awaitKept();
    SnapshotReply reply = mixer.snapshot(id);
    for (int tries = 1; reply instanceof SnapshotReply.NoAnswer && tries < MAX_LISTINGS; tries++) {
      reply = mixer.snapshot(id);
    }
    if (reply instanceof SnapshotReply.Shown(MixerSnapshot snapshot)) {
      SnapshotReply shown = reply;
      if (!rooms.containsKey(id)) {
        LOG.info("room {}: adopting this room, which was already running", id);
        listener.opening(id);
      }
      Optional<JoinRequest.Rules> found = listener.rules(id);
      tellOrOpen(id, state -> state.adopt(shown, found.orElse(null)));
      listener.adopted(snapshot);
    }
  }

  // ---- opening and closing rooms

  /**
   * Opens a room in place of one that has just closed. There is no limit on the number of attempts,
   * because no caller or event may be lost, even if the rooms with this id keep closing at the
   * wrong moment.
   */
  private Room roomAfter(Room closed) {
    rooms.computeIfPresent(closed.id(), (id, room) -> room == closed ? released(room) : room);
    return room(closed.id());
  }

  /** Opens a room unless that exceeds a limit; does nothing if the room is known. */
  private Optional<Grant.Reached> open(RoomId id) {
    Supplier<Grant> permit = listener.permit(id);
    List<Grant.Reached> refused = new ArrayList<>(1);
    rooms.computeIfAbsent(
        id,
        missing ->
            switch (permit.get()) {
              case Grant.Granted(Lease lease) -> started(missing, lease);
              case Grant.Reached reached -> {
                refused.add(reached);
                yield null;
              }
            });
    return refused.stream().findFirst();
  }

  private Room room(RoomId id) {
    return rooms.computeIfAbsent(id, missing -> started(missing, listener.opened(missing)));
  }

  private Room started(RoomId id, Lease lease) {
    byAccount.compute(
        id.account(),
        (account, known) -> {
          Set<RoomId> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(id);
          return all;
        });
    return new Room(id, ports, nextVersion(), lease, this::closed);
  }

  /**
   * Returns a version that is higher than those of all rooms that have closed, and lower than those
   * of all rooms that open later.
   */
  public long nextVersion() {
    long now = time.now().toEpochMilli() * VERSIONS_PER_MILLISECOND;
    return lastVersion.updateAndGet(last -> Math.max(last + 1, now));
  }

  /** Called in the same step that removes a closed room, so that no other room can open before. */
  private @Nullable Room released(Room room) {
    byAccount.computeIfPresent(
        room.id().account(),
        (account, known) -> {
          known.remove(room.id());
          return known.isEmpty() ? null : known;
        });
    room.lease().close();
    lastVersion.accumulateAndGet(room.lastVersion(), Math::max);
    return null;
  }

  private void closed(RoomId id) {
    if (rooms.computeIfPresent(id, (name, room) -> room.isClosed() ? released(room) : room)
        == null) {
      listener.closed(id);
    }
  }
}
