package dev.callflow.conference.pin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The wrong PINs of one room, and those who wait for theirs to be checked while it is attacked.
 *
 * <p>There are two lines. The errors of all decide when newcomers have to wait; numbers that are
 * known have to wait only because of errors from known numbers, so that an attack from others does
 * not delay them. Both take turns at one pace, known numbers first.
 */
final class RoomLines {

  private static final int ATTACK = 50;
  private static final Duration ATTACK_WINDOW = Duration.ofMinutes(10);
  private static final int MAX_PER_MINUTE = 60;
  private static final Duration BETWEEN_TURNS = Duration.ofSeconds(1);
  private static final int MAX_WAITING = 1_000;

  private final RecentErrors ofAll = new RecentErrors(ATTACK, ATTACK_WINDOW);
  private final RecentErrors ofKnown = new RecentErrors(ATTACK, ATTACK_WINDOW);
  private final RecentErrors ofMinute = new RecentErrors(MAX_PER_MINUTE, Duration.ofMinutes(1));
  private final SequencedSet<PinTicket> known = new LinkedHashSet<>();
  private final SequencedSet<PinTicket> newcomers = new LinkedHashSet<>();
  private Instant lastTurn = Instant.MIN;
  private Instant reported = Instant.MIN;

  /** How long an attempt has to wait; zero if it may be checked now, empty if there is no room. */
  Optional<Duration> pause(PinTicket ticket, boolean isKnown, Instant now) {
    if (!(isKnown ? ofKnown : ofAll).reached(now)) {
      return Optional.of(Duration.ZERO);
    }
    SequencedSet<PinTicket> line = isKnown ? known : newcomers;
    if (!line.contains(ticket) && line.size() >= MAX_WAITING) {
      return Optional.empty();
    }
    line.add(ticket);
    Instant turn = nextTurn(now);
    boolean isFirst = line.getFirst() == ticket && (isKnown || known.isEmpty());
    if (now.isBefore(turn)) {
      return Optional.of(Duration.between(now, turn));
    }
    // The turn belongs to somebody whose thread has not looked yet.
    return Optional.of(isFirst ? Duration.ZERO : BETWEEN_TURNS);
  }

  private Instant nextTurn(Instant now) {
    // A clock that was set back must not keep everybody waiting.
    Instant turn = lastTurn.isAfter(now) ? now : lastTurn.plus(BETWEEN_TURNS);
    return turn.isAfter(ofMinute.endsAt()) ? turn : ofMinute.endsAt();
  }

  void checked(PinTicket ticket, Instant now) {
    if (known.contains(ticket) || newcomers.contains(ticket)) {
      lastTurn = now;
    }
  }

  /** Counts an error; returns whether an attack is to be reported: once in ten minutes. */
  boolean wrong(boolean isKnown, Instant now) {
    boolean attack = ofAll.reached(now);
    ofAll.add(now);
    ofMinute.add(now);
    if (isKnown) {
      ofKnown.add(now);
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
