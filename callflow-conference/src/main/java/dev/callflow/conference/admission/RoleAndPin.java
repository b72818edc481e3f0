package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Pins;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.pin.PinAttempt;
import dev.callflow.conference.pin.PinEntry;
import dev.callflow.conference.pin.PinLimits;
import dev.callflow.conference.pin.PinThrottle;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.Keys;
import dev.callflow.core.call.PlaybackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides who is a moderator, by the callflow, by the number, or by PIN (spec 2.4, 2.5). */
public final class RoleAndPin implements AdmissionStep {

  private static final int TRIES = 3;

  /** How long a caller waits for their turn at a room that is attacked. */
  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

  private final PinThrottle throttle;

  public RoleAndPin(PinThrottle throttle) {
    this.throttle = throttle;
  }

  @Override
  public Optional<Refusal> take(Visit visit) {
    ConferenceDocument conference = visit.conference();
    Optional<Boolean> moderator = visit.element.moderator().or(() -> visit.moderatorByNumber);
    if (!asksFor(conference, moderator)) {
      visit.moderator = moderator.orElse(false);
      return Optional.empty();
    }
    PinLimits limits = PinLimits.of(visit.settings);
    if (throttle.isClosed(visit.room(), visit.incoming().callerNumber(), limits)) {
      return Optional.of(throttled(visit));
    }
    int longest =
        Math.max(conference.member().pins().longest(), conference.moderator().pins().longest());
    Duration first =
        conference
            .pinTimeout()
            .or(() -> visit.settings.millis("pin_timeout"))
            .orElse(AskForNumber.UNLESS_CONFIGURED);
    for (int i = 0; i < TRIES; i++) {
      Digits entry =
          visit
              .call()
              .collectSecret(
                  visit.prompt("conf-enter_conf_pin"),
                  Math.max(AskForNumber.MOST_DIGITS, longest),
                  first,
                  AskForNumber.BETWEEN_DIGITS);
      switch (check(visit, limits, entry, () -> role(conference, moderator, entry))) {
        case PinEntry.Right<Boolean>(Boolean role) -> {
          visit.moderator = role;
          return Optional.empty();
        }
        case PinEntry.Wrong<Boolean>(boolean closed) -> {
          if (closed) {
            return Optional.of(throttled(visit));
          }
        }
        case PinEntry.Refused<Boolean> refused -> {
          return Optional.of(throttled(visit));
        }
        case PinEntry.Later<Boolean> inVain -> {
          return Optional.of(throttled(visit));
        }
      }
      visit.call().play(visit.prompt("conf-bad_pin"), Keys.INTERRUPT);
    }
    return Optional.of(visit.refuse(ConferenceOutcome.BAD_PIN, "conf-too_many_attempts"));
  }

  private static Refusal throttled(Visit visit) {
    return visit.refuse(ConferenceOutcome.THROTTLED, "conf-too_many_attempts");
  }

  /** Has an entry checked, after waiting with music for its turn; an empty one is no guess. */
  private PinEntry<Boolean> check(
      Visit visit, PinLimits limits, Digits entry, Supplier<Optional<Boolean>> comparison) {
    if (entry.isEmpty()) {
      return comparison
          .get()
          .<PinEntry<Boolean>>map(PinEntry.Right::new)
          .orElseGet(() -> new PinEntry.Wrong<>(false));
    }
    Instant latest = visit.call().time().now().plus(TURN_TIMEOUT);
    @Nullable PlaybackId music = null;
    try (PinAttempt attempt =
        throttle.attempt(visit.room(), visit.incoming().callerNumber(), limits)) {
      while (true) {
        PinEntry<Boolean> answer = attempt.check(comparison);
        Duration left = Duration.between(visit.call().time().now(), latest);
        if (!(answer instanceof PinEntry.Later<Boolean>(Duration pause)) || !left.isPositive()) {
          return answer;
        }
        if (music == null) {
          music = visit.call().startMusic(visit.holdMusic());
        }
        visit.call().sleep(pause.compareTo(left) < 0 ? pause : left);
      }
    } finally {
      if (music != null) {
        visit.call().stop(music);
      }
    }
  }

  private static boolean asksFor(ConferenceDocument conference, Optional<Boolean> moderator) {
    return moderator
        .map(is -> conference.role(is).pins().areSet())
        .orElseGet(
            () -> conference.member().pins().areSet() || conference.moderator().pins().areSet());
  }

  /** Whether the entry makes a moderator (true) or a member (false); empty if it is wrong. */
  private static Optional<Boolean> role(
      ConferenceDocument conference, Optional<Boolean> wanted, Digits entry) {
    Pins members = conference.member().pins();
    Pins moderators = conference.moderator().pins();
    // Both are compared whatever the first says, so that the time tells nothing.
    boolean ofMember = members.contain(entry.value());
    boolean ofModerator = moderators.contain(entry.value());
    boolean freeForMembers = !members.areSet() && entry.isEmpty();
    if (wanted.isPresent()) {
      return (wanted.get() ? ofModerator : ofMember) ? wanted : Optional.empty();
    }
    if (ofMember || freeForMembers) {
      return Optional.of(false);
    }
    return ofModerator ? Optional.of(true) : Optional.empty();
  }
}
