package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomsReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.room.JoinDecision.Why;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
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
 * All rooms of one mixer. Safe for use by any thread; every question waits for its room's thread,
 * at most as long as the answer timeout.
 */
public final class Rooms {

  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  private final Mixer mixer;
  private final TimeSource time;
  private final RoomListener listener;
  private final RoomPorts ports;
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();
  private final Set<RoomId> adopting = ConcurrentHashMap.newKeySet();

  /**
   * Makes the rooms and begins to listen to the mixer.
   *
   * @param answerTimeout how long a room's thread may take to answer
   * @param recordings names the recordings that documents ask for
   */
  public Rooms(
      Mixer mixer,
      TimeSource time,
      Duration answerTimeout,
      RecordingNames recordings,
      RoomListener listener) {
    this.mixer = mixer;
    this.time = time;
    this.listener = listener;
    ports = new RoomPorts(mixer, recordings, time, answerTimeout, listener);
    mixer.listen(this::onEvent);
  }

  // ---- callers and operators

  /** Decides about a caller; opens the room if it is not known yet. */
  public JoinDecision join(RoomId id, JoinRequest request) {
    return decide(id, state -> state.join(request));
  }

  /**
   * Takes a seat for somebody whom an operator wants in; opens the room if it is not known yet. A
   * seat must be given back by {@link RoomState#leave}.
   */
  public JoinDecision invite(RoomId id, Invitation invitation) {
    return decide(id, state -> state.invite(invitation));
  }

  private JoinDecision decide(RoomId id, Function<RoomState, JoinDecision> decision) {
    if (!rooms.containsKey(id)) {
      listener.opening(id);
    }
    Room room = room(id);
    Optional<JoinDecision> reply = room.ask(decision);
    while (reply.isEmpty() && room.isClosed()) {
      room = roomAfter(room);
      reply = room.ask(decision);
    }
    return reply.orElseGet(() -> new JoinDecision.Refused(Why.UNAVAILABLE));
  }

  /** Has a room run a task on its own thread, soon; does nothing if the room is not known. */
  public void tell(RoomId id, Consumer<RoomState> task) {
    Room room = rooms.get(id);
    if (room != null) {
      room.tell(task);
    }
  }

  /**
   * Asks a room something, on its own thread.
   *
   * @param question must not block, nor return anything that the room changes later
   * @return the answer; empty if the room is not known or does not answer in time, or if the answer
   *     is null
   */
  public <T> Optional<T> ask(RoomId id, Function<RoomState, T> question) {
    return Optional.ofNullable(rooms.get(id)).flatMap(room -> room.ask(question));
  }

  /** Publishes something that the mixer does not know of; the room need not run. */
  public void note(RoomId id, Notice notice) {
    Room room = rooms.get(id);
    if (room == null || !room.tell(state -> state.note(notice))) {
      listener.onEvent(new RoomEvent.Noted(id, notice, "", time.now().toEpochMilli() * 1000));
    }
  }

  /**
   * Begins to wait for a condition.
   *
   * @return the wait, to be given to {@link #forget} at last; empty if the room is not known
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

  /** Ends a wait for a condition. */
  public void forget(PendingCondition condition) {
    tell(condition.room(), state -> state.forget(condition));
  }

  /** Compares a room with the mixer now; blocks for some seconds at most. */
  public void compare(RoomId id) {
    Room room = rooms.get(id);
    if (room != null) {
      room.lookTwice();
    }
  }

  /** Shows a room as it is now; empty if it is not known. */
  public Optional<RoomSnapshot> snapshot(RoomId id) {
    return ask(id, RoomState::snapshot);
  }

  /** Shows a member as it is now; empty if it is not in. */
  public Optional<Member> member(RoomId id, CallId call) {
    return ask(id, state -> state.member(call)).flatMap(Function.identity());
  }

  /** Lists the rooms that are known. */
  public List<RoomId> ids() {
    return List.copyOf(rooms.keySet());
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
          rooms.values().stream()
              .filter(room -> lost.map(all -> all.contains(room.id())).orElse(true))
              .forEach(room -> room.tell(RoomState::mixerIsGone));
      case MixerEvent.LinkLost lost -> {}
      case MixerEvent.LinkRestored restored -> time.start("compare-all", this::compareAll);
    }
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

  /** Events that occurred while the link was down never come. */
  private void compareAll() {
    rooms.values().forEach(room -> time.start("compare-" + room.id(), room::lookTwice));
    switch (mixer.rooms()) {
      case RoomsReply.Listed(Set<RoomId> all) ->
          all.stream().filter(id -> !rooms.containsKey(id)).forEach(this::adopt);
      case RoomsReply.NoAnswer(String why) -> LOG.warn("rooms cannot be listed: {}", why);
    }
  }

  /** Takes over a room that runs though nothing is known of it: an earlier process had it. */
  private void adopt(RoomId id) {
    if (adopting.add(id)) {
      time.start(
          "adopt-" + id,
          () -> {
            try {
              SnapshotReply shown = mixer.snapshot(id);
              if (shown instanceof SnapshotReply.Shown) {
                LOG.info("room {} is running already and is taken over", id);
                listener.opening(id);
                Optional<JoinRequest.Rules> found = listener.rules(id);
                tellOrOpen(id, state -> state.adopt(shown, found.orElse(null)));
              }
            } finally {
              adopting.remove(id);
            }
          });
    }
  }

  // ---- rooms that open and close

  /**
   * Opens the room that takes the place of one that has just closed. However often rooms of a name
   * close at the moment of a question, the question is put to the next one.
   */
  private Room roomAfter(Room closed) {
    rooms.remove(closed.id(), closed);
    return room(closed.id());
  }

  private Room room(RoomId id) {
    return rooms.computeIfAbsent(
        id,
        missing -> {
          Room room = new Room(missing, ports, late -> closed(missing, late));
          room.start();
          return room;
        });
  }

  private void closed(RoomId id, List<Consumer<RoomState>> late) {
    if (rooms.computeIfPresent(id, (name, room) -> room.isClosed() ? null : room) == null) {
      listener.closed(id);
    }
    if (!late.isEmpty()) {
      // As one task: with one for each, the next room could close after every one of them.
      tellOrOpen(id, state -> late.forEach(task -> Room.run(id, task, state)));
    }
  }
}
