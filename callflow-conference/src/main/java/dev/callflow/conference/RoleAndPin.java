package dev.callflow.conference;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Pins;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.Keys;
import java.time.Duration;
import java.util.Optional;

/** Decides who is a moderator, by the callflow, by the number, or by PIN (spec 2.4, 2.5). */
final class RoleAndPin implements AdmissionStep {

  private static final int TRIES = 3;

  private final PinThrottle throttle;

  RoleAndPin(PinThrottle throttle) {
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
    if (throttle.isClosed(visit)) {
      return Optional.of(visit.refuse(ConferenceOutcome.THROTTLED, "conf-too_many_attempts"));
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
      Optional<Boolean> role = role(conference, moderator, entry);
      if (role.isPresent()) {
        visit.moderator = role.get();
        return Optional.empty();
      }
      if (!entry.isEmpty() && throttle.wrong(visit)) {
        return Optional.of(visit.refuse(ConferenceOutcome.THROTTLED, "conf-too_many_attempts"));
      }
      visit.call().play(visit.prompt("conf-bad_pin"), Keys.INTERRUPT);
    }
    return Optional.of(visit.refuse(ConferenceOutcome.BAD_PIN, "conf-too_many_attempts"));
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
