package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Pins;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.pin.PinAttempt;
import dev.callflow.conference.pin.PinEntry;
import dev.callflow.conference.pin.PinLimits;
import dev.callflow.conference.pin.PinThrottle;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.PlaybackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller is a moderator: by the callflow, the number or a PIN
 * (docs/spec/conference.md#pin).
 */
public final class RoleAndPin {

  private static final int TRIES = 3;

  /** How long a caller waits for their turn at a room that is attacked. */
  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

  private final PinThrottle throttle;

  public RoleAndPin(PinThrottle throttle) {
    this.throttle = throttle;
  }

  Result<Guest> decide(Target target) {
    ConferenceDocument conference = target.conference();
    Optional<Boolean> moderator =
        target.caller().element().moderator().or(target::moderatorByNumber);
    if (!asksFor(conference, moderator)) {
      return Result.passed(Guest.caller(target, moderator.orElse(false)));
    }
    PinLimits limits = PinLimits.of(target.caller().settings());
    if (throttle.isClosed(target.room(), callerNumber(target), limits)) {
      return throttled(target);
    }
    int longest =
        Math.max(conference.member().pins().longest(), conference.moderator().pins().longest());
    Duration first =
        conference
            .prompts()
            .pinTimeout()
            .or(() -> target.caller().settings().millis("pin_timeout"))
            .orElse(AskForNumber.DEFAULT_TIMEOUT);
    for (int i = 0; i < TRIES; i++) {
      Digits entry =
          target
              .call()
              .collectSecret(
                  target.prompt("conf-enter_conf_pin"),
                  Math.max(AskForNumber.MAX_DIGITS, longest),
                  first,
                  AskForNumber.BETWEEN_DIGITS);
      switch (check(target, limits, entry, () -> role(conference, moderator, entry))) {
        case PinEntry.Right<Boolean>(Boolean role) -> {
          return Result.passed(Guest.caller(target, role));
        }
        case PinEntry.Wrong<Boolean>(boolean closed) -> {
          if (closed) {
            return throttled(target);
          }
        }
        case PinEntry.Refused<Boolean> refused -> {
          return throttled(target);
        }
        case PinEntry.Later<Boolean> inVain -> {
          return throttled(target);
        }
      }
      target.call().play(target.prompt("conf-bad_pin"), KeyPolicy.INTERRUPT);
    }
    return Result.refused(target.refuse(ConferenceOutcome.BAD_PIN, "conf-too_many_attempts"));
  }

  private static Result<Guest> throttled(Target target) {
    return Result.refused(target.refuse(ConferenceOutcome.THROTTLED, "conf-too_many_attempts"));
  }

  private static String callerNumber(Target target) {
    return target.call().incoming().callerNumber();
  }

  /** Has an entry checked, after waiting with music for its turn; an empty one is no guess. */
  private PinEntry<Boolean> check(
      Target target, PinLimits limits, Digits entry, Supplier<Optional<Boolean>> comparison) {
    if (entry.isEmpty()) {
      return comparison
          .get()
          .<PinEntry<Boolean>>map(PinEntry.Right::new)
          .orElseGet(() -> new PinEntry.Wrong<>(false));
    }
    Instant latest = target.call().time().now().plus(TURN_TIMEOUT);
    @Nullable PlaybackId music = null;
    try (PinAttempt attempt =
        PinAttempt.begin(throttle, target.room(), callerNumber(target), limits)) {
      while (true) {
        PinEntry<Boolean> answer = attempt.check(comparison);
        Duration left = Duration.between(target.call().time().now(), latest);
        if (!(answer instanceof PinEntry.Later<Boolean>(Duration pause)) || !left.isPositive()) {
          return answer;
        }
        if (music == null) {
          music = target.call().startMusic(target.holdMusic());
        }
        target.call().sleep(pause.compareTo(left) < 0 ? pause : left);
      }
    } finally {
      if (music != null) {
        target.call().stop(music);
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
