package dev.callflow.conference.room;

import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.kept.RoomTurns;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.sequence.Ownership;
import dev.callflow.core.call.CallId;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.time.OneLine;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room: a {@link RoomState} that belongs to the thread that asks (see {@link Ownership}), and
 * what becomes due after each task.
 *
 * <p>The room closes when the mixer no longer has it and no caller is in it, waiting for it or at
 * its door. Safe for use by any thread.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  /**
   * The maximum number of tasks that wait, or whose effects do: enough for a thousand members who
   * each cause ten at once.
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
  private final Ownership ownership;

  // The owner uses these fields.
  private final RoomState state;
  private Instant nextComparison;
  private boolean wasInDoubt;
  private @Nullable Timer timer;
  private Instant timerAt = Instant.MAX;

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
    this.ownership =
        new Ownership(
            time, "room " + id, ports.options().answerTimeout(), MAX_WAITING, this::settle);
    Instant now = time.now();
    this.nextComparison = now.plus(COMPARISON_INTERVAL);
    this.state =
        new RoomState(
            id,
            event -> ownership.effect(() -> ports.listener().onEvent(event)),
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
    return ownership.isClosed();
  }

  /** Returns the last version of a closed room. */
  long lastVersion() {
    return state.version();
  }

  /**
   * Runs a task now, if the room is idle; otherwise, its owner will. Returns false if the room has
   * closed or too much is waiting.
   */
  boolean tell(Consumer<RoomState> task) {
    return ownership.tell(() -> task.accept(state));
  }

  /** Does the same, no matter how much is waiting. Returns false if the room has closed. */
  boolean tellAlways(Consumer<RoomState> task) {
    return ownership.tellAlways(() -> task.accept(state));
  }

  /**
   * Runs a query and returns the answer; empty if the room has closed or does not answer in time.
   */
  <T> Optional<T> ask(Function<RoomState, T> query) {
    return ownership.ask(() -> query.apply(state));
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
    if (ownership.hasRefused() || inDoubt && !wasInDoubt || isOver(nextComparison, now)) {
      nextComparison = now.plus(COMPARISON_INTERVAL);
      if (state.isComparable()) {
        ownership.effect(this::startComparison);
      }
    }
    wasInDoubt = inDoubt;
    if (state.isOver()) {
      ownership.effect(this::close);
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
    ownership.tellAlways(() -> timerAt = Instant.MAX);
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
      ownership.effect(() -> {
        String name = ports.recordings().ofRoom(id, time.now());
        time.start("record-" + id, () -> record(name));
      });
    }

    private void record(String name) {
      if (ports.listener().mayRecord(id)) {
        apply(new MixerCommand.StartRecording(name));
      }
    }

    /**
     * The turn begins in the order of the decisions; the settings are carried when the changes have
     * ended that are under way. Other commands do not wait for that.
     */
    @Override
    public void carry(Supplier<List<MixerCommand>> settings) {
      RoomTurns.Turn turn = ports.turns().queue(id);
      ownership.effect(() -> time.start("settings-" + id, () -> carry(turn, settings)));
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
        tellAlways(RoomState::carried);
      }
    }

    private void command(Runnable command) {
      ownership.effect(() -> ports.commands().add(id, command));
    }

    private void apply(MixerCommand command) {
      MixerReply reply = ports.mixer().apply(id, command);
      if (reply instanceof MixerReply.Refused || reply instanceof MixerReply.Unknown) {
        LOG.warn("room {}: the mixer replied to {} with {}", id, OneLine.of(command), reply);
      }
    }

    @Override
    public void adopted() {
      ownership.effect(ports.listener()::roomAdopted);
    }

    @Override
    public void seats(int change) {
      ownership.effect(() -> ports.listener().seats(change));
    }

    @Override
    public void outside(Runnable task) {
      ownership.effect(task);
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
   * Closes the room if this is its last effect, so that the effects of the next room with the same
   * id come later.
   */
  private void close() {
    if (ownership.closeIf(state::isOver)) {
      if (timer != null) {
        timer.cancel();
      }
      whenClosed.accept(id);
    }
  }
}
