package dev.callflow.conference;

import dev.callflow.conference.room.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Settings;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts wrong PINs across calls and closes the door to a number that enters too many (design
 * section 5). Safe for use by any thread; its lock is never held while anything waits.
 */
final class PinThrottle {

  /** Numbers that are remembered; the one that was wrong longest ago is forgotten first. */
  private static final int MOST_NUMBERS = 100_000;

  private static final int ATTACK = 50;
  private static final Duration ATTACK_WINDOW = Duration.ofMinutes(10);

  /** Whose wrong entries are counted together: a number's, or those without one of a room. */
  private record Who(AccountId account, String number, String room) {}

  private record Limits(int attempts, Duration window, Duration block) {
    static Limits of(Settings settings) {
      ObjectNode limits =
          settings
              .value("pin_throttle")
              .filter(value -> value.isObject())
              .map(value -> (ObjectNode) value)
              .orElseGet(Json::object);
      return new Limits(
          Json.integer(limits, "attempts").orElse(10),
          Duration.ofSeconds(Json.integer(limits, "window").orElse(600)),
          Duration.ofSeconds(Json.integer(limits, "block").orElse(600)));
    }
  }

  private static final class Record {
    final Deque<Instant> wrong = new ArrayDeque<>();
    Instant closedUntil = Instant.MIN;
  }

  private final TimeSource time;
  private final Consumer<RoomId> attacked;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Who, Record> byCaller = bounded();
  private final Map<RoomId, Deque<Instant>> byRoom = bounded();

  PinThrottle(TimeSource time, Consumer<RoomId> attacked) {
    this.time = time;
    this.attacked = attacked;
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @java.io.Serial private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST_NUMBERS;
      }
    };
  }

  boolean isClosed(Visit visit) {
    lock.lock();
    try {
      Record record = byCaller.get(who(visit));
      return record != null && time.now().isBefore(record.closedUntil);
    } finally {
      lock.unlock();
    }
  }

  /** Counts a wrong entry; returns whether the door is closed now. */
  boolean wrong(Visit visit) {
    Limits limits = Limits.of(visit.settings);
    Instant now = time.now();
    boolean closes = false;
    boolean attack;
    lock.lock();
    try {
      if (limits.attempts() > 0) {
        Record record = byCaller.computeIfAbsent(who(visit), fresh -> new Record());
        forget(record.wrong, now.minus(limits.window()));
        record.wrong.addLast(now);
        if (record.wrong.size() >= limits.attempts()) {
          record.wrong.clear();
          record.closedUntil = now.plus(limits.block());
          closes = true;
        }
      }
      Deque<Instant> ofRoom = byRoom.computeIfAbsent(visit.room(), fresh -> new ArrayDeque<>());
      forget(ofRoom, now.minus(ATTACK_WINDOW));
      ofRoom.addLast(now);
      attack = ofRoom.size() > ATTACK;
      if (attack) {
        ofRoom.clear();
      }
    } finally {
      lock.unlock();
    }
    if (attack) {
      attacked.accept(visit.room());
    }
    return closes;
  }

  private static void forget(Deque<Instant> times, Instant before) {
    while (!times.isEmpty() && times.peekFirst().isBefore(before)) {
      times.removeFirst();
    }
  }

  private static Who who(Visit visit) {
    String number = visit.incoming().callerNumber();
    return new Who(visit.call().account(), number, number.isEmpty() ? visit.conference().id() : "");
  }
}
