package dev.callflow.conference;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.room.DoorReply;
import dev.callflow.conference.room.Knock;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReference;
import dev.callflow.core.call.PlaybackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Knocks at the room: ban, duplicates, lock, moderator and seat, decided by the room in one step;
 * and waits outside with music if members have to wait for a moderator.
 */
final class Door implements AdmissionStep {

  private final Rooms rooms;
  private final RoomDocuments documents;

  Door(Rooms rooms, RoomDocuments documents) {
    this.rooms = rooms;
    this.documents = documents;
  }

  @Override
  public Optional<Refusal> take(Visit visit) {
    visit.atTheDoor = true;
    documents.seen(visit.room(), visit.conference());
    DoorReply reply = rooms.knock(visit.room(), knock(visit));
    if (reply instanceof DoorReply.Waiting) {
      reply = waitOutside(visit);
    }
    return switch (reply) {
      case DoorReply.Seated seated -> Optional.empty();
      case DoorReply.Refused(DoorReply.Why why) -> Optional.of(refusal(visit, why));
      case DoorReply.Waiting waiting -> Optional.of(refusal(visit, DoorReply.Why.NO_MODERATOR));
    };
  }

  private static Knock knock(Visit visit) {
    ConferenceDocument conference = visit.conference();
    return new Knock(
        visit.call().id(),
        visit.incoming().callerNumber(),
        visit.moderator,
        visit.moderator && conference.moderatorExempt(),
        rules(conference),
        visit.call()::signal);
  }

  /** What a document says about its room. */
  static Knock.Rules rules(ConferenceDocument conference) {
    return new Knock.Rules(
        conference.mostParticipants(),
        switch (conference.duplicates()) {
          case ALLOW -> Knock.OnDuplicate.ALLOW;
          case REPLACE -> Knock.OnDuplicate.REPLACE;
          case REFUSE -> Knock.OnDuplicate.REFUSE;
        },
        conference.waitForModerator(),
        conference.requireModerator(),
        conference.grace(),
        conference.autoRecord());
  }

  private static DoorReply waitOutside(Visit visit) {
    Call call = visit.call();
    Instant latest = call.time().now().plus(visit.conference().waitTimeout());
    PlaybackId music = call.startMusic(music(visit));
    try {
      while (true) {
        Duration left = Duration.between(call.time().now(), latest);
        if (!left.isPositive()) {
          return new DoorReply.Waiting();
        }
        Optional<LegEvent> event = call.next(left);
        if (event.isPresent() && event.get() instanceof DoorReply reply) {
          return reply;
        }
      }
    } finally {
      call.stop(music);
    }
  }

  private static Media music(Visit visit) {
    return visit
        .conference()
        .music()
        .flatMap(text -> MediaReference.read(text, visit.call().account(), visit.store()))
        .orElseGet(Media.HoldMusic::new);
  }

  private static Refusal refusal(Visit visit, DoorReply.Why why) {
    return switch (why) {
      case BANNED -> visit.refuse(ConferenceOutcome.BANNED, "conf-denied");
      case DUPLICATE -> visit.refuse(ConferenceOutcome.DUPLICATE, "conf-denied");
      case LOCKED -> visit.refuse(ConferenceOutcome.LOCKED, "conf-locked");
      case FULL -> full(visit);
      case NO_MODERATOR -> visit.refuse(ConferenceOutcome.NO_MODERATOR, "conf-no_moderator");
      case KICKED -> new Refusal(ConferenceOutcome.KICKED, java.util.List.of());
      case UNAVAILABLE -> visit.refuse(ConferenceOutcome.UNAVAILABLE, "conf-unavailable");
    };
  }

  private static Refusal full(Visit visit) {
    return visit
        .conference()
        .fullMedia()
        .flatMap(text -> MediaReference.read(text, visit.call().account(), visit.store()))
        .map(media -> new Refusal(ConferenceOutcome.FULL, java.util.List.of(media)))
        .orElseGet(() -> visit.refuse(ConferenceOutcome.FULL, "conf-max_participants"));
  }
}
