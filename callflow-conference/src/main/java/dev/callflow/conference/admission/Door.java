package dev.callflow.conference.admission;

import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.document.RoomRules;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.SeatLease;
import dev.callflow.conference.visit.Seated;
import dev.callflow.conference.visit.Step;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.PlaybackId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Gets a seat for a caller. The room checks bans, duplicate callers, the lock, the presence of a
 * moderator and the number of free seats in one step. Callers who wait for a moderator hear music.
 */
public final class Door {

  /**
   * How long to wait for the seat of a member who is leaving; after that, the room counts as full.
   */
  private static final Duration DEPARTURE_TIMEOUT = Duration.ofSeconds(5);

  private final Rooms rooms;
  private final RoomDocuments documents;

  public Door(Rooms rooms, RoomDocuments documents) {
    this.rooms = rooms;
    this.documents = documents;
  }

  /**
   * Gets a seat. {@code held} receives the seat's lease even if the caller has to wait or is
   * refused.
   */
  Result<Seated> take(Guest guest, Held held) {
    documents.seen(guest.room(), guest.target().conference());
    guest.call().keep(new Step.Outside(guest.room().conference(), guest.moderator()).words());
    SeatLease seat = SeatLease.hold(rooms, guest.room(), guest.call().id(), held);
    JoinDecision decision = rooms.join(guest.room(), request(guest));
    if (decision instanceof JoinDecision.Waiting) {
      decision = waitOutside(guest);
    }
    if (decision instanceof JoinDecision.SeatPending) {
      decision = later(guest.call(), DEPARTURE_TIMEOUT).orElse(decision);
    }
    return switch (decision) {
      case JoinDecision.Seated seated -> Result.passed(new Seated(guest, seat));
      case JoinDecision.Refused(JoinDecision.DenyReason reason) -> refused(guest, reason);
      case JoinDecision.Waiting timedOut -> {
        rooms.tellAlways(guest.room(), state -> state.waitTimedOut(guest.call().id()));
        yield refused(guest, JoinDecision.DenyReason.NO_MODERATOR);
      }
      case JoinDecision.Limited limited ->
          Result.refused(guest.target().refuse(ConferenceOutcome.UNAVAILABLE, "conf-unavailable"));
      case JoinDecision.SeatPending timedOut -> refused(guest, JoinDecision.DenyReason.FULL);
    };
  }

  private static JoinRequest request(Guest guest) {
    Target target = guest.target();
    return new JoinRequest(
        guest.call().id(),
        guest.call().incoming().callerNumber(),
        guest.moderator(),
        guest.moderator() && target.conference().seating().moderatorExempt(),
        MemberFlags.of(target.profile()).contains(MemberFlag.GHOST),
        RoomRules.of(target.conference(), target.profile()),
        guest.call()::signal);
  }

  private static JoinDecision waitOutside(Guest guest) {
    PlaybackId music = guest.call().startMusic(guest.target().holdMusic());
    try {
      return later(guest.call(), guest.target().conference().moderation().waitTimeout())
          .orElseGet(JoinDecision.Waiting::new);
    } finally {
      guest.call().stop(music);
    }
  }

  /** Waits until the room has decided; returns empty if no decision arrives in time. */
  private static Optional<JoinDecision> later(Call call, Duration timeout) {
    Instant deadline = call.time().now().plus(timeout);
    while (true) {
      Duration left = Duration.between(call.time().now(), deadline);
      if (!left.isPositive()) {
        return Optional.empty();
      }
      Optional<LegEvent> event = call.next(left);
      if (event.isPresent() && event.get() instanceof JoinDecision decision) {
        return Optional.of(decision);
      }
    }
  }

  private static Result<Seated> refused(Guest guest, JoinDecision.DenyReason reason) {
    Target target = guest.target();
    return Result.refused(
        switch (reason) {
          case BANNED -> target.refuse(ConferenceOutcome.BANNED, "conf-denied");
          case DUPLICATE -> target.refuse(ConferenceOutcome.DUPLICATE, "conf-denied");
          case LOCKED -> refuse(target, ConferenceOutcome.LOCKED, "locked-sound", "conf-locked");
          case FULL ->
              refuse(target, ConferenceOutcome.FULL, "max-members-sound", "conf-max_participants");
          case NO_MODERATOR -> target.refuse(ConferenceOutcome.NO_MODERATOR, "conf-no_moderator");
          case KICKED -> target.refuse(ConferenceOutcome.KICKED, List.of());
          case UNAVAILABLE -> target.refuse(ConferenceOutcome.UNAVAILABLE, "conf-unavailable");
        });
  }

  /**
   * Refuses the caller with the profile's sound, which may come from the document's {@code
   * max_members_media}, or with the prompt if there is no such sound.
   */
  private static Refusal refuse(
      Target target, ConferenceOutcome reason, String sound, String prompt) {
    return target
        .sound(sound)
        .map(media -> target.refuse(reason, List.of(media)))
        .orElseGet(() -> target.refuse(reason, prompt));
  }
}
