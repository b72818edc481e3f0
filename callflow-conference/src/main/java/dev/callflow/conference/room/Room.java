package dev.callflow.conference.room;

import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room: a thread that owns its {@link RoomState}, and the tasks that others have it run.
 *
 * <p>The thread lives as long as somebody is in, waits, or the mixer has the room.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  /** Enough for a thousand members who all do something at once, ten times over. */
  private static final int MAX_TASKS = 10_000;

  private static final Duration COMPARISON_INTERVAL = Duration.ofSeconds(30);

  /** Events come up to 20 ms after what they report; a busy switch may take longer. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  /** No room is expected to change more often than this. */
  private static final long VERSIONS_PER_MILLISECOND = 1000;

  private static final Consumer<RoomState> LAST_TASK = state -> {};

  private final RoomId id;
  private final Mixer mixer;
  private final RecordingNames recordings;
  private final RoomListener listener;
  private final TimeSource time;
  private final Duration answerTimeout;
  private final RoomState state;
  private final Inbox<Consumer<RoomState>> tasks;
  private final Consumer<List<Consumer<RoomState>>> whenOver;
  private volatile boolean missedTask;
  private volatile boolean closed;

  /**
   * @param whenOver gets the tasks that came too late for this room
   */
  Room(RoomId id, RoomPorts ports, Consumer<List<Consumer<RoomState>>> whenOver) {
    this.id = id;
    this.listener = ports.listener();
    this.mixer = ports.mixer();
    this.recordings = ports.recordings();
    this.time = ports.time();
    this.answerTimeout = ports.answerTimeout();
    this.state =
        new RoomState(
            id,
            listener::onEvent,
            new Effects(),
            time::now,
            time.now().toEpochMilli() * VERSIONS_PER_MILLISECOND);
    this.tasks = time.inbox(MAX_TASKS);
    this.whenOver = whenOver;
  }

  void start() {
    time.start("room-" + id, this::run);
  }

  RoomId id() {
    return id;
  }

  /** Has the room's thread run a task; false if the room is over or has too much to do. */
  boolean tell(Consumer<RoomState> task) {
    boolean taken = tasks.offer(task);
    if (!taken) {
      missedTask = true;
    }
    return taken;
  }

  /** Asks the room's thread; empty if the room is over or does not answer in time. */
  <T> Optional<T> ask(Function<RoomState, T> question) {
    Inbox<T> answer = time.inbox(1);
    if (!tell(it -> answer.offer(question.apply(it)))) {
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

  /** Carries out each effect on a thread of its own: the room must not wait for the mixer. */
  private final class Effects implements RoomEffects {
    @Override
    public void kick(CallId call) {
      time.start("kick-" + call, () -> apply(new MixerCommand.Kick(call)));
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
      time.start("record-" + id, () -> apply(new MixerCommand.StartRecording(name)));
    }

    private void apply(MixerCommand command) {
      MixerReply reply = mixer.apply(id, command);
      if (reply instanceof MixerReply.Refused || reply instanceof MixerReply.Unknown) {
        LOG.warn("room {}: the mixer's answer to {} was {}", id, command, reply);
      }
    }
  }

  private void run() {
    Instant nextComparison = time.now().plus(COMPARISON_INTERVAL);
    boolean doubted = false;
    try {
      while (!closed) {
        Instant wake = nextComparison;
        Instant endsAt = state.endsAt();
        if (endsAt != null && endsAt.isBefore(wake)) {
          wake = endsAt;
        }
        Consumer<RoomState> task = tasks.poll(Duration.between(time.now(), wake));
        if (task != null) {
          run(id, task, state);
        }
        Instant now = time.now();
        Instant end = state.endsAt();
        if (end != null && !now.isBefore(end)) {
          LOG.info("room {} ends: its last moderator has left", id);
          state.end();
        }
        boolean doubts = state.isInDoubt();
        boolean begins = doubts && !doubted;
        doubted = doubts;
        if (missedTask || begins || !now.isBefore(nextComparison)) {
          missedTask = false;
          nextComparison = now.plus(COMPARISON_INTERVAL);
          compare();
        }
        if (state.isOver()) {
          finish();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a task; one that fails must not end the room. */
  static void run(RoomId id, Consumer<RoomState> task, RoomState state) {
    try {
      task.accept(state);
    } catch (RuntimeException e) {
      LOG.error("room {}: a task failed", id, e);
    }
  }

  /** Asks the mixer on another thread: the room must not wait for it. */
  private void compare() {
    if (state.isComparable() && mixer.available()) {
      time.start("compare-" + id, this::lookTwice);
    }
  }

  /**
   * Compares with the mixer now; blocks until it has looked twice, or once if nothing differs. Not
   * for the room's own thread.
   */
  void lookTwice() {
    SnapshotReply first = mixer.snapshot(id);
    if (ask(it -> it.look(first)).orElse(false)) {
      try {
        time.<Boolean>inbox(1).poll(LOOK_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      SnapshotReply second = mixer.snapshot(id);
      ask(it -> {
        it.lookAgain(second);
        return true;
      });
    }
  }

  /** Ends the thread; tasks that came at the last moment go to the next room of that name. */
  private void finish() throws InterruptedException {
    closed = true;
    tasks.close(LAST_TASK);
    List<Consumer<RoomState>> late = new ArrayList<>();
    Consumer<RoomState> task = tasks.poll(Duration.ZERO);
    while (task != null && task != LAST_TASK) {
      late.add(task);
      task = tasks.poll(Duration.ZERO);
    }
    whenOver.accept(late);
  }
}
