package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.OneLine;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room. The thread that submits a task to an idle room owns it: it runs the task, and then
 * those that other threads have submitted in the meantime, in order. Whatever the tasks do outside
 * of the {@link RoomState} are effects. They leave one at a time, in the order of the tasks, after
 * the room has been given up (docs/adr/0012-a-room-decides-on-the-asking-thread.md).
 *
 * <p>The room closes when the mixer no longer has it and no caller is in it, waiting for it or at
 * its door. Safe for use by any thread.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  /**
   * The maximum number of waiting tasks and effects: enough for a thousand members who each cause
   * ten at once.
   */
  private static final int MAX_WAITING = 10_000;

  private static final Duration COMPARISON_INTERVAL = Duration.ofSeconds(30);

  /**
   * The time between the first and the second comparison. Events normally arrive within 20 ms, but
   * later if the switch is busy.
   */
  private static final Duration SECOND_COMPARISON_DELAY = Duration.ofMillis(500);

  private final RoomId id;
  private final Lease lease;
  private final RoomPorts ports;
  private final TimeSource time;
  private final Consumer<RoomId> whenClosed;

  // Used by the thread that owns the room:
  private final RoomState state;
  private final Queue<Runnable> made = new ArrayDeque<>(4);
  private Instant nextComparison;
  private boolean wasInDoubt;
  private @Nullable Timer timer;
  private Instant timerAt = Instant.MAX;

  // Guarded by the lock:
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Consumer<RoomState>> tasks = new ArrayDeque<>(4);
  private final Queue<Runnable> effects = new ArrayDeque<>(4);
  private boolean owned;
  private boolean letsOut;

  private volatile boolean missedTask;
  private volatile boolean closed;

  /**
   * @param firstVersion a number higher than every earlier version of the room
   * @param lease counts the room against its account's limits; {@link Rooms} closes it
   * @param whenClosed called after the last effect
   */
  Room(RoomId id, RoomPorts ports, long firstVersion, Lease lease, Consumer<RoomId> whenClosed) {
    this.id = id;
    this.lease = lease;
    this.ports = ports;
    this.time = ports.time();
    this.whenClosed = whenClosed;
    Instant now = time.now();
    this.nextComparison = now.plus(COMPARISON_INTERVAL);
    this.state =
        new RoomState(
            id,
            event -> made.add(() -> ports.listener().onEvent(event)),
            new Effects(),
            ports.options().maxBans(),
            time::now,
            firstVersion);
    // The room closes even if it never gets a task.
    setTimer(now);
  }

  RoomId id() {
    return id;
  }

  /** Returns the lease that counts the room. */
  Lease lease() {
    return lease;
  }

  boolean isClosed() {
    return closed;
  }

  /** Returns the last version of a closed room. */
  long lastVersion() {
    return state.version();
  }

  // ---- tasks

  /**
   * Runs a task now, if the room is idle; otherwise, its owner will. Returns false if the room has
   * closed or too much is waiting.
   */
  boolean tell(Consumer<RoomState> task) {
    return tell(task, MAX_WAITING);
  }

  private boolean tell(Consumer<RoomState> task, int limit) {
    lock.lock();
    try {
      if (!accepts(limit)) {
        return false;
      }
      if (owned) {
        tasks.add(task);
        return true;
      }
      owned = true;
    } finally {
      lock.unlock();
    }
    decide(task);
    return true;
  }

  /**
   * Runs a query and returns the answer; empty if the room has closed or does not answer in time.
   */
  <T> Optional<T> ask(Function<RoomState, T> query) {
    if (own()) {
      Question<T> question = new Question<>(query, null);
      decide(question);
      return Optional.ofNullable(question.answer);
    }
    Inbox<Optional<T>> reply = time.inbox(1);
    if (!tell(new Question<>(query, reply))) {
      return Optional.empty();
    }
    try {
      Optional<T> answer = reply.poll(ports.options().answerTimeout());
      return answer == null ? Optional.empty() : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A query that keeps its answer, and sends it to the thread that waits for it, if one does. */
  private static final class Question<T> implements Consumer<RoomState> {
    private final Function<RoomState, T> query;
    private final @Nullable Inbox<Optional<T>> reply;
    @Nullable T answer;

    Question(Function<RoomState, T> query, @Nullable Inbox<Optional<T>> reply) {
      this.query = query;
      this.reply = reply;
    }

    @Override
    public void accept(RoomState state) {
      answer = query.apply(state);
      if (reply != null) {
        reply.offer(Optional.ofNullable(answer));
      }
    }
  }

  private boolean own() {
    lock.lock();
    try {
      boolean idle = !owned && accepts(MAX_WAITING);
      owned |= idle;
      return idle;
    } finally {
      lock.unlock();
    }
  }

  private boolean accepts(int limit) {
    boolean full = tasks.size() + effects.size() >= limit;
    missedTask |= full;
    return !full && !closed;
  }

  /** Runs tasks until there are none and gives the room up; then lets the effects out. */
  private void decide(Consumer<RoomState> first) {
    Consumer<RoomState> task = first;
    while (task != null) {
      run(task);
      task = nextTask();
    }
    Runnable effect = nextEffect(false);
    while (effect != null) {
      run(effect);
      effect = nextEffect(true);
    }
  }

  /** Returns the next task; gives the room up if there is none. */
  private @Nullable Consumer<RoomState> nextTask() {
    lock.lock();
    try {
      effects.addAll(made);
      made.clear();
      Consumer<RoomState> next = tasks.poll();
      owned = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the next effect; null if there is none, or if another thread is letting them out.
   *
   * @param goesOn whether this thread has let the one before out
   */
  private @Nullable Runnable nextEffect(boolean goesOn) {
    lock.lock();
    try {
      if (letsOut && !goesOn) {
        return null;
      }
      Runnable next = effects.poll();
      letsOut = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Runs a task. A failing task is logged and does not end the room. */
  private void run(Consumer<RoomState> task) {
    try {
      task.accept(state);
      settle();
    } catch (RuntimeException e) {
      LOG.error("room {}: a task failed", id, e);
    }
  }

  private void run(Runnable effect) {
    try {
      effect.run();
    } catch (RuntimeException e) {
      LOG.error("room {}: an effect failed", id, e);
    }
  }

  // ---- deadlines

  /** Does what is due after each task: ends the room, compares it with the mixer, or closes it. */
  private void settle() {
    Instant now = time.now();
    if (isOver(state.endsAt(), now)) {
      LOG.info("room {}: ending because the last moderator has left", id);
      state.end();
    }
    if (isOver(state.givenUpAt(), now)) {
      LOG.warn("room {}: ending because its switch cannot be reached", id);
      state.giveUp();
    }
    boolean inDoubt = state.isInDoubt();
    if (missedTask || inDoubt && !wasInDoubt || isOver(nextComparison, now)) {
      missedTask = false;
      nextComparison = now.plus(COMPARISON_INTERVAL);
      if (state.isComparable()) {
        made.add(this::startComparison);
      }
    }
    wasInDoubt = inDoubt;
    if (state.isOver()) {
      made.add(this::close);
    }
    setTimer(now);
  }

  private static boolean isOver(@Nullable Instant deadline, Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }

  /** Sets the timer to the next deadline, unless it runs before. */
  private void setTimer(Instant now) {
    Instant next = earlier(earlier(nextComparison, state.endsAt()), state.givenUpAt());
    if (next.isBefore(timerAt)) {
      if (timer != null) {
        timer.cancel();
      }
      timerAt = next;
      timer = time.after(Duration.between(now, next), "room-" + id, this::tick);
    }
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  /** Runs on a thread of the timer; a full queue does not stop it, because it sets the next one. */
  private void tick() {
    tell(it -> timerAt = Instant.MAX, Integer.MAX_VALUE);
  }

  // ---- effects

  /** Commands block until the mixer replies, so they leave on a thread of their own. */
  private final class Effects implements RoomEffects {
    @Override
    public void kick(CallId call) {
      command(() -> apply(new MixerCommand.Kick(call)));
    }

    @Override
    public void cancel(CallId call) {
      command(() -> ports.mixer().cancel(call));
    }

    /** Not in order with the other commands, because the store may be slow. */
    @Override
    public void record() {
      made.add(() -> {
        String name = ports.recordings().ofRoom(id, time.now());
        time.start("record-" + id, () -> record(name));
      });
    }

    private void record(String name) {
      if (ports.listener().mayRecord(id)) {
        apply(new MixerCommand.StartRecording(name));
      }
    }

    @Override
    public void carry(List<MixerCommand> settings) {
      settings.forEach(setting -> command(() -> apply(setting)));
    }

    private void command(Runnable command) {
      made.add(() -> ports.commands().add(id, command));
    }

    private void apply(MixerCommand command) {
      MixerReply reply = ports.mixer().apply(id, command);
      if (reply instanceof MixerReply.Refused || reply instanceof MixerReply.Unknown) {
        LOG.warn("room {}: the mixer replied to {} with {}", id, OneLine.of(command), reply);
      }
    }

    @Override
    public void adopted() {
      made.add(ports.listener()::roomAdopted);
    }

    @Override
    public void seats(int change) {
      made.add(() -> ports.listener().seats(change));
    }

    @Override
    public void outside(Runnable task) {
      made.add(task);
    }
  }

  private void startComparison() {
    if (ports.mixer().available()) {
      time.start("compare-" + id, this::compareTwice);
    }
  }

  /**
   * Compares the known state of the room with the mixer's. If there are differences, waits a
   * moment, compares again, and repairs those that remain. Blocks meanwhile.
   */
  void compareTwice() {
    SnapshotReply first = ports.mixer().snapshot(id);
    if (ask(it -> it.compare(first)).orElse(false)) {
      try {
        time.<Boolean>inbox(1).poll(SECOND_COMPARISON_DELAY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      SnapshotReply second = ports.mixer().snapshot(id);
      ask(it -> {
        it.compareAgain(second);
        return true;
      });
    }
  }

  /**
   * Closes the room, unless another task has come. Only the last effect closes it, so that the next
   * room with the same id has no effects before.
   */
  private void close() {
    lock.lock();
    try {
      if (owned || closed || !effects.isEmpty() || !state.isOver()) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    if (timer != null) {
      timer.cancel();
    }
    whenClosed.accept(id);
  }
}
