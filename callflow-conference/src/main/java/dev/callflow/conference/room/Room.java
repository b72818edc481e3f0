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
 * One room: a thread that owns its {@link RoomState}, and the questions that others may put to it.
 *
 * <p>The thread lives as long as somebody is in, waits, or the mixer has the room.
 */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  /** A thousand members who all do something at once, ten times over. */
  private static final int MOST_WAITING_QUESTIONS = 10_000;

  private static final Duration BETWEEN_COMPARISONS = Duration.ofSeconds(30);

  /** Events come up to 20 ms after what they tell; a busy switch may take longer. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** More changes than that in a millisecond are not to be expected of one room. */
  private static final long VERSIONS_PER_MILLISECOND = 1000;

  private static final Consumer<RoomState> NOTHING_MORE = book -> {};

  private final RoomId id;
  private final Mixer mixer;
  private final RecordingNames recordings;
  private final Rooms.Surroundings around;
  private final TimeSource time;
  private final Duration answerTimeout;
  private final RoomState book;
  private final Inbox<Consumer<RoomState>> questions;
  private final Consumer<List<Consumer<RoomState>>> whenOver;
  private volatile boolean hasMissed;
  private volatile boolean closed;

  Room(
      RoomId id,
      Mixer mixer,
      RecordingNames recordings,
      TimeSource time,
      Duration answerTimeout,
      Rooms.Surroundings around,
      Consumer<List<Consumer<RoomState>>> whenOver) {
    this.id = id;
    this.around = around;
    this.mixer = mixer;
    this.recordings = recordings;
    this.time = time;
    this.answerTimeout = answerTimeout;
    this.book =
        new RoomState(
            id,
            around::news,
            new Orders(),
            time::now,
            time.now().toEpochMilli() * VERSIONS_PER_MILLISECOND);
    this.questions = time.inbox(MOST_WAITING_QUESTIONS);
    this.whenOver = whenOver;
  }

  void start() {
    time.start("room-" + id, this::live);
  }

  RoomId id() {
    return id;
  }

  /** Has the room's thread do something; false if the room is over or has too much to do. */
  boolean tell(Consumer<RoomState> what) {
    boolean taken = questions.offer(what);
    if (!taken) {
      hasMissed = true;
    }
    return taken;
  }

  /** Asks the room's thread something; empty if the room is over or does not answer in time. */
  <T> Optional<T> ask(Function<RoomState, T> question) {
    Inbox<T> answer = time.inbox(1);
    if (!tell(book -> answer.offer(question.apply(book)))) {
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

  /** Carries out what the book decides, each on a thread of its own: the door must not wait. */
  private final class Orders implements RoomState.Actions {
    @Override
    public void kick(CallId call) {
      time.start("kick-" + call, () -> order(new MixerCommand.Kick(call)));
    }

    @Override
    public void seats(int change) {
      around.seats(change);
    }

    @Override
    public void cancel(CallId call) {
      time.start("cancel-" + call, () -> mixer.cancel(call));
    }

    @Override
    public void record() {
      String name = recordings.ofRoom(id, time.now());
      time.start("record-" + id, () -> order(new MixerCommand.StartRecording(name)));
    }

    private void order(MixerCommand command) {
      MixerReply reply = mixer.apply(id, command);
      if (reply instanceof MixerReply.Refused || reply instanceof MixerReply.Unknown) {
        LOG.warn("room {}: {} was answered by {}", id, command, reply);
      }
    }
  }

  private void live() {
    Instant nextComparison = time.now().plus(BETWEEN_COMPARISONS);
    boolean doubted = false;
    try {
      while (!closed) {
        Instant wake = nextComparison;
        Instant endsAt = book.endsAt();
        if (endsAt != null && endsAt.isBefore(wake)) {
          wake = endsAt;
        }
        Consumer<RoomState> question = questions.poll(Duration.between(time.now(), wake));
        if (question != null) {
          answer(question);
        }
        Instant now = time.now();
        Instant end = book.endsAt();
        if (end != null && !now.isBefore(end)) {
          LOG.info("room {} ends: its last moderator has left", id);
          book.end();
        }
        boolean doubts = book.isInDoubt();
        boolean begins = doubts && !doubted;
        doubted = doubts;
        if (hasMissed || begins || !now.isBefore(nextComparison)) {
          hasMissed = false;
          nextComparison = now.plus(BETWEEN_COMPARISONS);
          compare();
        }
        if (book.isOver()) {
          finish();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Consumer<RoomState> question) {
    try {
      question.accept(book);
    } catch (RuntimeException e) {
      LOG.error("room {}: something that was asked of it failed", id, e);
    }
  }

  /** Asks the mixer on another thread: the door must not wait for it. */
  private void compare() {
    if ((book.life().isPresent() || book.hasSeats() || book.isInDoubt()) && mixer.available()) {
      time.start("compare-" + id, this::lookTwice);
    }
  }

  /**
   * Compares with the mixer now; blocks until it has looked twice, or once if nothing differs. Not
   * for the room's own thread.
   */
  void lookTwice() {
    SnapshotReply first = mixer.snapshot(id);
    if (ask(book -> book.look(first)).orElse(false)) {
      try {
        time.<Boolean>inbox(1).poll(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      SnapshotReply second = mixer.snapshot(id);
      ask(book -> {
        book.lookAgain(second);
        return true;
      });
    }
  }

  /** Ends the thread; what came in at the last moment goes to the next room of that name. */
  private void finish() throws InterruptedException {
    closed = true;
    questions.close(NOTHING_MORE);
    List<Consumer<RoomState>> late = new ArrayList<>();
    Consumer<RoomState> question = questions.poll(Duration.ZERO);
    while (question != null && question != NOTHING_MORE) {
      late.add(question);
      question = questions.poll(Duration.ZERO);
    }
    whenOver.accept(late);
  }
}
