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
 * Limits how often PINs are tried, across calls (docs/spec/conference.md#pin): by one caller
 * number, to which the door is closed after too many errors, and at one room, which checks PINs one
 * after the other while it is attacked.
 *
 * <p>Knows this process only. Safe for use by any thread; its lock is never held while anything
 * waits.
 */
public final class PinThrottle {

  private static final int MAX_NUMBERS = 100_000;
  private static final int MAX_ROOMS = 10_000;

  /** Whose errors are counted together: a number's, or those of one room's anonymous callers. */
  private record Who(AccountId account, String number, String room) {

    static Who of(RoomId room, String number) {
      return new Who(room.account(), number, number.isEmpty() ? room.conference() : "");
    }
  }

  private static final class Errors {
    final Deque<Instant> counted = new ArrayDeque<>(2);
    Instant closedUntil = Instant.MIN;
  }

  private final TimeSource time;
  private final Consumer<RoomId> attacked;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Who, Errors> byNumber = new LeastRecentlyUsed<>(MAX_NUMBERS);
  private final Map<RoomId, RoomLines> byRoom = new LeastRecentlyUsed<>(MAX_ROOMS);
  private final KnownNumbers known = new KnownNumbers();

  /**
   * Makes a throttle that has seen nothing yet.
   *
   * @param time what time it is
   * @param attacked is told of a room that is attacked, once in ten minutes; must not block
   */
  public PinThrottle(TimeSource time, Consumer<RoomId> attacked) {
    this.time = time;
    this.attacked = attacked;
  }

  /**
   * Tells whether the door is closed to a caller, so that a PIN need not be asked for.
   *
   * @param room the room
   * @param callerNumber the caller's number, as it came
   * @param limits the account's
   * @return whether no PIN of the caller's would be checked now
   */
  public boolean isClosed(RoomId room, String callerNumber, PinLimits limits) {
    lock.lock();
    try {
      Errors errors = byNumber.get(Who.of(room, CallerNumber.spelling(callerNumber)));
      return limits.attempts() > 0 && errors != null && time.now().isBefore(errors.closedUntil);
    } finally {
      lock.unlock();
    }
  }

  <T> PinEntry<T> check(PinTicket ticket, Supplier<Optional<T>> comparison) {
    boolean attack = false;
    lock.lock();
    try {
      Instant now = time.now();
      Who who = Who.of(ticket.room, ticket.number);
      Errors errors = byNumber.computeIfAbsent(who, fresh -> new Errors());
      if (!mayTry(errors, ticket.limits, now)) {
        return new PinEntry.Refused<>();
      }
      RoomLines lines = byRoom.computeIfAbsent(ticket.room, fresh -> new RoomLines());
      boolean isKnown = known.contains(ticket.room, ticket.number, now);
      Optional<Duration> pause = lines.pause(ticket, isKnown, now);
      if (pause.isEmpty()) {
        return new PinEntry.Refused<>();
      }
      if (pause.get().isPositive()) {
        return new PinEntry.Later<>(pause.get());
      }
      errors.counted.addLast(now);
      lines.checked(ticket, now);
      Optional<T> role = comparison.get();
      if (role.isPresent()) {
        errors.counted.removeLast();
        known.add(ticket.room, ticket.number, now);
        return new PinEntry.Right<>(role.get());
      }
      attack = lines.wrong(isKnown, now);
      return new PinEntry.Wrong<>(closes(errors, ticket.limits, now));
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
        || !now.isBefore(errors.closedUntil) && errors.counted.size() < limits.attempts();
  }

  private static boolean closes(Errors errors, PinLimits limits, Instant now) {
    if (limits.attempts() == 0) {
      errors.counted.clear();
      return false;
    }
    if (errors.counted.size() < limits.attempts()) {
      return false;
    }
    errors.counted.clear();
    errors.closedUntil = now.plus(limits.block());
    return true;
  }

  void giveUp(PinTicket ticket) {
    lock.lock();
    try {
      RoomLines lines = byRoom.get(ticket.room);
      if (lines != null) {
        lines.giveUp(ticket);
      }
    } finally {
      lock.unlock();
    }
  }
}
