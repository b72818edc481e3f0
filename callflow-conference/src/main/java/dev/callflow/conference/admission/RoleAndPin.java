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
import dev.callflow.conference.visit.Step;
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
 * Decides whether a caller is a moderator. The callflow, the entered number or a PIN determines the
 * role (docs/spec/conference.md#pin).
 */
public final class RoleAndPin {

  private static final int TRIES = 3;

  /**
   * How long a caller may wait for their turn to try a PIN while the room is under a PIN attack.
   */
  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

  private final PinThrottle throttle;

  public RoleAndPin(PinThrottle throttle) {
    this.throttle = throttle;
  }

  Result<Guest> decide(Target target) {
    return decide(target, 0);
  }

  /**
   * Decides about a caller whom an earlier process has already asked for a PIN.
   *
   * @param tried the number of wrong PINs that they have already entered
   */
  Result<Guest> decide(Target target, int tried) {
    ConferenceDocument conference = target.conference();
    Optional<Boolean> moderator =
        target.caller().element().moderator().or(target::moderatorByNumber);
    if (!asksFor(conference, moderator)) {
      return Result.passed(Guest.caller(target, moderator.orElse(false)));
    }
    PinLimits limits = PinLimits.of(target.caller().settings());
    if (throttle.isBlocked(target.room(), callerNumber(target), limits)) {
      return throttled(target);
    }
    int maxLength =
        Math.max(conference.member().pins().maxLength(), conference.moderator().pins().maxLength());
    Duration first =
        conference
            .prompts()
            .pinTimeout()
            .or(() -> target.caller().settings().millis("pin_timeout"))
            .orElse(AskForNumber.DEFAULT_TIMEOUT);
    keep(target, tried);
    for (int i = tried; i < TRIES; i++) {
      Digits entry =
          target
              .call()
              .collectSecret(
                  target.prompt("conf-enter_conf_pin"),
                  Math.max(AskForNumber.MAX_DIGITS, maxLength),
                  first,
                  target.caller().digitTimeout());
      switch (check(target, limits, entry, () -> role(conference, moderator, entry))) {
        case PinEntry.Right<Boolean>(Boolean role) -> {
          return Result.passed(Guest.caller(target, role));
        }
        case PinEntry.Wrong<Boolean>(boolean blocked) -> {
          if (blocked) {
            return throttled(target);
          }
        }
        case PinEntry.Refused<Boolean> refused -> {
          return throttled(target);
        }
        case PinEntry.Later<Boolean> timedOut -> {
          return throttled(target);
        }
      }
      keep(target, i + 1);
      target.call().play(target.prompt("conf-bad_pin"), KeyPolicy.INTERRUPT);
    }
    return Result.refused(target.refuse(ConferenceOutcome.BAD_PIN, "conf-too_many_attempts"));
  }

  private static void keep(Target target, int tried) {
    target
        .call()
        .keep(new Step.Pin(target.room().conference(), target.moderatorByNumber(), tried).words());
  }

  private static Result<Guest> throttled(Target target) {
    return Result.refused(target.refuse(ConferenceOutcome.THROTTLED, "conf-too_many_attempts"));
  }

  private static String callerNumber(Target target) {
    return target.call().incoming().callerNumber();
  }

  /**
   * Checks the digits that a caller entered. The caller may have to wait for their turn, and hears
   * music while waiting. An empty entry is not counted as an attempt.
   */
  private PinEntry<Boolean> check(
      Target target, PinLimits limits, Digits entry, Supplier<Optional<Boolean>> comparison) {
    if (entry.isEmpty()) {
      return comparison
          .get()
          .<PinEntry<Boolean>>map(PinEntry.Right::new)
          .orElseGet(() -> new PinEntry.Wrong<>(false));
    }
    Instant deadline = target.call().time().now().plus(TURN_TIMEOUT);
    @Nullable PlaybackId music = null;
    try (PinAttempt attempt =
        PinAttempt.begin(throttle, target.room(), callerNumber(target), limits)) {
      while (true) {
        PinEntry<Boolean> answer = attempt.check(comparison);
        Duration left = Duration.between(target.call().time().now(), deadline);
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
        .map(role -> conference.role(role).pins().areSet())
        .orElseGet(
            () -> conference.member().pins().areSet() || conference.moderator().pins().areSet());
  }

  /** Returns whether the entry makes the caller a moderator; empty if the entry is wrong. */
  private static Optional<Boolean> role(
      ConferenceDocument conference, Optional<Boolean> requiredRole, Digits entry) {
    Pins members = conference.member().pins();
    Pins moderators = conference.moderator().pins();
    // Both lists are always searched, so that the time taken does not reveal which PIN matched.
    boolean ofMember = members.contain(entry.value());
    boolean ofModerator = moderators.contain(entry.value());
    boolean freeForMembers = !members.areSet() && entry.isEmpty();
    if (requiredRole.isPresent()) {
      return (requiredRole.get() ? ofModerator : ofMember) ? requiredRole : Optional.empty();
    }
    if (ofMember || freeForMembers) {
      return Optional.of(false);
    }
    return ofModerator ? Optional.of(true) : Optional.empty();
  }
}
