package dev.callflow.conference.admission;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.document.RoomRules;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.PlaybackId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Knocks at the room: ban, duplicates, lock, moderator and seat, decided by the room in one step;
 * and waits outside with music if members have to wait for a moderator.
 */
public final class SeatStep implements AdmissionStep {

  /** Callers who are put out leave within moments; if not, their seat is not free. */
  private static final Duration DEPARTURE_TIMEOUT = Duration.ofSeconds(5);

  private final Rooms rooms;
  private final RoomDocuments documents;

  public SeatStep(Rooms rooms, RoomDocuments documents) {
    this.rooms = rooms;
    this.documents = documents;
  }

  @Override
  public Optional<Refusal> take(Visit visit) {
    visit.atTheDoor = true;
    documents.seen(visit.room(), visit.conference());
    JoinDecision reply = rooms.knock(visit.room(), knock(visit));
    if (reply instanceof JoinDecision.Waiting) {
      reply = waitOutside(visit);
    }
    if (reply instanceof JoinDecision.Soon) {
      reply = told(visit.call(), DEPARTURE_TIMEOUT).orElse(reply);
    }
    return switch (reply) {
      case JoinDecision.Seated seated -> Optional.empty();
      case JoinDecision.Refused(JoinDecision.Why why) -> Optional.of(refusal(visit, why));
      case JoinDecision.Waiting inVain ->
          Optional.of(refusal(visit, JoinDecision.Why.NO_MODERATOR));
      case JoinDecision.Soon inVain -> Optional.of(refusal(visit, JoinDecision.Why.FULL));
    };
  }

  private static JoinRequest knock(Visit visit) {
    ConferenceDocument conference = visit.conference();
    return new JoinRequest(
        visit.call().id(),
        visit.incoming().callerNumber(),
        visit.moderator,
        visit.moderator && conference.moderatorExempt(),
        MemberFlags.of(visit.profile()).contains(MemberFlag.GHOST),
        RoomRules.of(conference, visit.profile()),
        visit.call()::signal);
  }

  private static JoinDecision waitOutside(Visit visit) {
    PlaybackId music = visit.call().startMusic(visit.holdMusic());
    try {
      return told(visit.call(), visit.conference().waitTimeout())
          .orElseGet(JoinDecision.Waiting::new);
    } finally {
      visit.call().stop(music);
    }
  }

  /** What the room tells him later; empty if it does not in time. */
  private static Optional<JoinDecision> told(Call call, Duration longest) {
    Instant latest = call.time().now().plus(longest);
    while (true) {
      Duration left = Duration.between(call.time().now(), latest);
      if (!left.isPositive()) {
        return Optional.empty();
      }
      Optional<LegEvent> event = call.next(left);
      if (event.isPresent() && event.get() instanceof JoinDecision reply) {
        return Optional.of(reply);
      }
    }
  }

  private static Refusal refusal(Visit visit, JoinDecision.Why why) {
    return switch (why) {
      case BANNED -> visit.refuse(ConferenceOutcome.BANNED, "conf-denied");
      case DUPLICATE -> visit.refuse(ConferenceOutcome.DUPLICATE, "conf-denied");
      case LOCKED -> refuse(visit, ConferenceOutcome.LOCKED, "locked-sound", "conf-locked");
      case FULL ->
          refuse(visit, ConferenceOutcome.FULL, "max-members-sound", "conf-max_participants");
      case NO_MODERATOR -> visit.refuse(ConferenceOutcome.NO_MODERATOR, "conf-no_moderator");
      case KICKED -> new Refusal(ConferenceOutcome.KICKED, List.of());
      case UNAVAILABLE -> visit.refuse(ConferenceOutcome.UNAVAILABLE, "conf-unavailable");
    };
  }

  /** By the profile's sound (a document's {@code max_members_media} is one), else by the prompt. */
  private static Refusal refuse(
      Visit visit, ConferenceOutcome reason, String sound, String prompt) {
    return visit
        .sound(sound)
        .map(media -> new Refusal(reason, List.of(media)))
        .orElseGet(() -> visit.refuse(reason, prompt));
  }
}
