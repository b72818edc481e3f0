package dev.callflow.conference.pin;

import dev.callflow.conference.mixer.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The caller numbers from which a room's PIN has recently been entered correctly. They are kept in
 * memory only and are lost on a restart.
 */
final class KnownNumbers {

  private static final Duration MAX_AGE = Duration.ofDays(30);

  private record Key(RoomId room, String number) {}

  private final Map<Key, Instant> numbers = new LeastRecentlyUsed<>(100_000);

  void add(RoomId room, String number, Instant now) {
    if (!number.isEmpty()) {
      numbers.put(new Key(room, number), now);
    }
  }

  boolean contains(RoomId room, String number, Instant now) {
    Instant last = numbers.get(new Key(room, number));
    return last != null && now.isBefore(last.plus(MAX_AGE));
  }
}
