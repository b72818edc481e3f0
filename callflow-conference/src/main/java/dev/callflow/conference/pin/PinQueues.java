package dev.callflow.conference.pin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Counts the wrong PINs of one room and queues the callers whose PINs must wait to be checked while
 * the room is under attack.
 *
 * <p>There are two queues. Callers from unknown numbers have to wait after too many errors from any
 * number. Callers from known numbers have to wait only after too many errors from known numbers, so
 * that an attack from other numbers does not delay them. The two queues share one limit on the rate
 * of checks, and known numbers are checked first.
 */
final class PinQueues {

  private static final int ERRORS_OF_AN_ATTACK = 50;
  private static final Duration ATTACK_WINDOW = Duration.ofMinutes(10);
  private static final int MAX_PER_MINUTE = 60;
  private static final Duration BETWEEN_TURNS = Duration.ofSeconds(1);
  private static final int MAX_WAITING = 1_000;

  private final RecentErrors fromAll = new RecentErrors(ERRORS_OF_AN_ATTACK, ATTACK_WINDOW);
  private final RecentErrors fromKnown = new RecentErrors(ERRORS_OF_AN_ATTACK, ATTACK_WINDOW);
  private final RecentErrors inLastMinute = new RecentErrors(MAX_PER_MINUTE, Duration.ofMinutes(1));
  private final SequencedSet<PinTicket> known = new LinkedHashSet<>();
  private final SequencedSet<PinTicket> newcomers = new LinkedHashSet<>();
  private Instant lastTurn = Instant.MIN;
  private Instant reported = Instant.MIN;

  /**
   * Returns how long an attempt has to wait: zero if it may be checked now, empty if the queue is
   * full.
   */
  Optional<Duration> pause(PinTicket ticket, boolean isKnown, Instant now) {
    if (!(isKnown ? fromKnown : fromAll).reached(now)) {
      return Optional.of(Duration.ZERO);
    }
    SequencedSet<PinTicket> queue = isKnown ? known : newcomers;
    if (!queue.contains(ticket) && queue.size() >= MAX_WAITING) {
      return Optional.empty();
    }
    queue.add(ticket);
    Instant turn = nextTurn(now);
    boolean isFirst = queue.getFirst() == ticket && (isKnown || known.isEmpty());
    if (now.isBefore(turn)) {
      return Optional.of(Duration.between(now, turn));
    }
    // If another caller is first, that caller's thread has not called this method again yet.
    return Optional.of(isFirst ? Duration.ZERO : BETWEEN_TURNS);
  }

  private Instant nextTurn(Instant now) {
    // A clock that was set back must not block the queue.
    Instant turn = lastTurn.isAfter(now) ? now : lastTurn.plus(BETWEEN_TURNS);
    return turn.isAfter(inLastMinute.endsAt()) ? turn : inLastMinute.endsAt();
  }

  void checked(PinTicket ticket, Instant now) {
    if (known.contains(ticket) || newcomers.contains(ticket)) {
      lastTurn = now;
    }
  }

  /** Counts an error. Returns true if an attack must be reported, at most once in ten minutes. */
  boolean wrong(boolean isKnown, Instant now) {
    boolean attack = fromAll.reached(now);
    fromAll.add(now);
    inLastMinute.add(now);
    if (isKnown) {
      fromKnown.add(now);
    }
    lastTurn = now;
    if (!attack || now.isBefore(reported)) {
      return false;
    }
    reported = now.plus(ATTACK_WINDOW);
    return true;
  }

  void giveUp(PinTicket ticket) {
    known.remove(ticket);
    newcomers.remove(ticket);
  }
}
