package dev.callflow.conference.pin;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Limits PIN attempts across calls (docs/spec/conference.md#pin). A caller number is blocked after
 * too many wrong PINs; while a room is under attack, its PINs are checked one at a time.
 *
 * <p>Counts the attempts of this process only. Thread-safe; no thread waits while holding the lock.
 */
public final class PinThrottle {

  private static final int MAX_NUMBERS = 100_000;
  private static final int MAX_ROOMS = 10_000;

  /**
   * The callers whose errors are counted together: all callers with the same number, or all
   * anonymous callers of one room.
   */
  private record CountedCallers(AccountId account, String number, String room) {

    static CountedCallers of(RoomId room, String number) {
      return new CountedCallers(room.account(), number, number.isEmpty() ? room.conference() : "");
    }
  }

  private static final class Errors {
    final Deque<Instant> counted = new ArrayDeque<>(2);
    Instant blockedUntil = Instant.MIN;
  }

  private final TimeSource time;
  private final Consumer<RoomId> attacked;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<CountedCallers, Errors> byNumber = new LeastRecentlyUsed<>(MAX_NUMBERS);
  private final Map<RoomId, PinQueues> byRoom = new LeastRecentlyUsed<>(MAX_ROOMS);
  private final KnownNumbers known = new KnownNumbers();

  /**
   * Creates a throttle without any counted attempts.
   *
   * @param time the source of the current time
   * @param attacked called with a room that is under attack, at most once in ten minutes per room;
   *     must not block
   */
  public PinThrottle(TimeSource time, Consumer<RoomId> attacked) {
    this.time = time;
    this.attacked = attacked;
  }

  /**
   * Returns whether a caller is blocked, in which case there is no point in asking for a PIN.
   *
   * @param room the room
   * @param callerNumber the caller's number as it arrived with the call
   * @param limits the limits of the account
   * @return whether any PIN from the caller would now be refused without being checked
   */
  public boolean isBlocked(RoomId room, String callerNumber, PinLimits limits) {
    lock.lock();
    try {
      Errors errors = byNumber.get(CountedCallers.of(room, CallerNumber.spelling(callerNumber)));
      return limits.attempts() > 0 && errors != null && time.now().isBefore(errors.blockedUntil);
    } finally {
      lock.unlock();
    }
  }

  <T> PinEntry<T> check(PinTicket ticket, Supplier<Optional<T>> comparison) {
    boolean attack = false;
    lock.lock();
    try {
      Instant now = time.now();
      CountedCallers callers = CountedCallers.of(ticket.room, ticket.number);
      Errors errors = byNumber.computeIfAbsent(callers, fresh -> new Errors());
      if (!mayTry(errors, ticket.limits, now)) {
        return new PinEntry.Refused<>();
      }
      PinQueues queues = byRoom.computeIfAbsent(ticket.room, fresh -> new PinQueues());
      boolean isKnown = known.contains(ticket.room, ticket.number, now);
      Optional<Duration> pause = queues.pause(ticket, isKnown, now);
      if (pause.isEmpty()) {
        return new PinEntry.Refused<>();
      }
      if (pause.get().isPositive()) {
        return new PinEntry.Later<>(pause.get());
      }
      errors.counted.addLast(now);
      queues.checked(ticket, now);
      Optional<T> role = comparison.get();
      if (role.isPresent()) {
        errors.counted.removeLast();
        if (errors.counted.isEmpty() && !now.isBefore(errors.blockedUntil)) {
          byNumber.remove(callers);
        }
        known.add(ticket.room, ticket.number, now);
        return new PinEntry.Right<>(role.get());
      }
      attack = queues.wrong(isKnown, now);
      return new PinEntry.Wrong<>(blocks(errors, ticket.limits, now));
    } finally {
      lock.unlock();
      if (attack) {
        attacked.accept(ticket.room);
      }
    }
  }

  private static boolean mayTry(Errors errors, PinLimits limits, Instant now) {
    while (!errors.counted.isEmpty()
        && errors.counted.getFirst().isBefore(now.minus(limits.window()))) {
      errors.counted.removeFirst();
    }
    return limits.attempts() == 0
        || !now.isBefore(errors.blockedUntil) && errors.counted.size() < limits.attempts();
  }

  private static boolean blocks(Errors errors, PinLimits limits, Instant now) {
    if (limits.attempts() == 0) {
      errors.counted.clear();
      return false;
    }
    if (errors.counted.size() < limits.attempts()) {
      return false;
    }
    errors.counted.clear();
    errors.blockedUntil = now.plus(limits.block());
    return true;
  }

  void giveUp(PinTicket ticket) {
    lock.lock();
    try {
      PinQueues queues = byRoom.get(ticket.room);
      if (queues != null) {
        queues.giveUp(ticket);
      }
    } finally {
      lock.unlock();
    }
  }
}
