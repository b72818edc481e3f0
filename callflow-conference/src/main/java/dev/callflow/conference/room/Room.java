package dev.callflow.conference.room;

import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.kept.RoomTurns;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.core.call.CallId;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.OneLine;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room: a thread that owns the {@link RoomState} and runs the tasks that other threads submit.
 *
 * <p>The thread runs until the mixer no longer has the room and no caller is in the room, waiting
 * for it or at its door.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  /**
   * The capacity of the task queue: enough for a thousand members who each cause ten tasks at once.
   */
  private static final int MAX_TASKS = 10_000;

  private static final Duration COMPARISON_INTERVAL = Duration.ofSeconds(30);

  /**
   * The time between the first and the second comparison. Events normally arrive within 20 ms, but
   * later if the switch is busy.
   */
  private static final Duration SECOND_COMPARISON_DELAY = Duration.ofMillis(500);

  /**
   * The factor by which the clock's milliseconds are multiplied to get the first version of a new
   * room. Versions keep rising across restarts, because a room never changes this often within a
   * millisecond.
   */
  private static final long VERSIONS_PER_MILLISECOND = 1000;

  private static final Consumer<RoomState> LAST_TASK = state -> {};

  private final RoomId id;
  private final Lease lease;
  private final Mixer mixer;
  private final RecordingNames recordings;
  private final RoomListener listener;
  private final TimeSource time;
  private final RoomTurns turns;
  private final Duration answerTimeout;
  private final RoomState state;
  private final Inbox<Consumer<RoomState>> tasks;
  private final Consumer<List<Consumer<RoomState>>> whenClosed;
  private volatile boolean missedTask;
  private volatile boolean closed;

  /**
   * @param lease counts the room against its account's limits; {@link Rooms} closes it
   * @param whenClosed receives the tasks that arrived too late for this room
   */
  Room(RoomId id, RoomPorts ports, Lease lease, Consumer<List<Consumer<RoomState>>> whenClosed) {
    this.id = id;
    this.lease = lease;
    this.listener = ports.listener();
    this.mixer = ports.mixer();
    this.recordings = ports.recordings();
    this.time = ports.time();
    this.turns = ports.turns();
    this.answerTimeout = ports.options().answerTimeout();
    this.state =
        new RoomState(
            id,
            listener::onEvent,
            new Effects(),
            ports.options().maxBans(),
            time::now,
            time.now().toEpochMilli() * VERSIONS_PER_MILLISECOND);
    this.tasks = time.inbox(MAX_TASKS);
    this.whenClosed = whenClosed;
  }

  void start() {
    time.start("room-" + id, this::run);
  }

  RoomId id() {
    return id;
  }

  /** Returns the lease that counts the room. */
  Lease lease() {
    return lease;
  }

  /**
   * Submits a task to the room's thread; returns false if the room has closed or its queue is full.
   */
  boolean tell(Consumer<RoomState> task) {
    boolean accepted = tasks.offer(task);
    if (!accepted) {
      missedTask = true;
    }
    return accepted;
  }

  /**
   * Runs a query on the room's thread and returns the answer; empty if the room has closed or does
   * not answer in time.
   */
  <T> Optional<T> ask(Function<RoomState, T> query) {
    Inbox<T> answer = time.inbox(1);
    if (!tell(it -> answer.offer(query.apply(it)))) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(answer.poll(answerTimeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Runs each effect on a separate thread, because the room must not wait for the mixer. */
  private final class Effects implements RoomEffects {
    @Override
    public void kick(CallId call) {
      time.start("kick-" + call, () -> apply(new MixerCommand.Kick(call)));
    }

    @Override
    public void adopted() {
      listener.roomAdopted();
    }

    @Override
    public void seats(int change) {
      listener.seats(change);
    }

    @Override
    public void cancel(CallId call) {
      time.start("cancel-" + call, () -> mixer.cancel(call));
    }

    @Override
    public void record() {
      String name = recordings.ofRoom(id, time.now());
      time.start(
          "record-" + id,
          () -> {
            if (listener.mayRecord(id)) {
              apply(new MixerCommand.StartRecording(name));
            }
          });
    }

    @Override
    public void carry(Supplier<List<MixerCommand>> settings) {
      RoomTurns.Turn turn = turns.queue(id);
      time.start("settings-" + id, () -> carry(turn, settings));
    }

    private void carry(RoomTurns.Turn turn, Supplier<List<MixerCommand>> settings) {
      try (turn) {
        giveSettings(turn, settings);
      }
    }

    private void giveSettings(RoomTurns.Turn turn, Supplier<List<MixerCommand>> settings) {
      try {
        if (!turn.begin(CallerCopies.TURN_TIMEOUT)) {
          LOG.warn("room {}: a change of the settings takes too long; not waiting for it", id);
        }
        ask(it -> settings.get()).ifPresent(commands -> commands.forEach(this::apply));
      } finally {
        // Before the turn ends, so that the next change is stored with the mixer's room again.
        tell(RoomState::carried);
      }
    }

    private void apply(MixerCommand command) {
      MixerReply reply = mixer.apply(id, command);
      if (reply instanceof MixerReply.Refused || reply instanceof MixerReply.Unknown) {
        LOG.warn("room {}: the mixer replied to {} with {}", id, OneLine.of(command), reply);
      }
    }
  }

  private void run() {
    Instant nextComparison = time.now().plus(COMPARISON_INTERVAL);
    boolean wasInDoubt = false;
    try {
      while (!closed) {
        Instant wake = nextComparison;
        Instant endsAt = state.endsAt();
        if (endsAt != null && endsAt.isBefore(wake)) {
          wake = endsAt;
        }
        Instant givenUpAt = state.givenUpAt();
        if (givenUpAt != null && givenUpAt.isBefore(wake)) {
          wake = givenUpAt;
        }
        Consumer<RoomState> task = tasks.poll(Duration.between(time.now(), wake));
        if (task != null) {
          run(id, task, state);
        }
        Instant now = time.now();
        Instant end = state.endsAt();
        if (end != null && !now.isBefore(end)) {
          LOG.info("room {}: ending because the last moderator has left", id);
          state.end();
        }
        Instant gone = state.givenUpAt();
        if (gone != null && !now.isBefore(gone)) {
          LOG.warn("room {}: ending because its switch cannot be reached", id);
          state.giveUp();
        }
        boolean inDoubt = state.isInDoubt();
        boolean newlyInDoubt = inDoubt && !wasInDoubt;
        wasInDoubt = inDoubt;
        if (missedTask || newlyInDoubt || !now.isBefore(nextComparison)) {
          missedTask = false;
          nextComparison = now.plus(COMPARISON_INTERVAL);
          startComparison();
        }
        if (state.isOver()) {
          finish();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a task. A failing task is logged and does not end the room. */
  static void run(RoomId id, Consumer<RoomState> task, RoomState state) {
    try {
      task.accept(state);
    } catch (RuntimeException e) {
      LOG.error("room {}: a task failed", id, e);
    }
  }

  /** Starts a comparison on another thread, because the room must not wait for the mixer. */
  private void startComparison() {
    if (state.isComparable() && mixer.available()) {
      time.start("compare-" + id, this::compareTwice);
    }
  }

  /**
   * Compares the known state of the room with the mixer's. If there are differences, waits a
   * moment, compares again, and repairs those that remain. Blocks meanwhile; must not be called on
   * the room's thread.
   */
  void compareTwice() {
    SnapshotReply first = mixer.snapshot(id);
    if (ask(it -> it.compare(first)).orElse(false)) {
      try {
        time.<Boolean>inbox(1).poll(SECOND_COMPARISON_DELAY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      SnapshotReply second = mixer.snapshot(id);
      ask(it -> {
        it.compareAgain(second);
        return true;
      });
    }
  }

  /**
   * Ends the thread, and passes tasks that arrived at the last moment on to the next room with the
   * same id.
   */
  private void finish() throws InterruptedException {
    closed = true;
    tasks.close(LAST_TASK);
    List<Consumer<RoomState>> late = new ArrayList<>();
    Consumer<RoomState> task = tasks.poll(Duration.ZERO);
    while (task != null && task != LAST_TASK) {
      late.add(task);
      task = tasks.poll(Duration.ZERO);
    }
    whenClosed.accept(late);
  }
}
