package dev.callflow.conference.stay;

import dev.callflow.conference.document.KeyMap;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Handles a participant's time in a room: acts on their keys until the mixer releases the leg. */
public final class Stay {

  /**
   * The maximum time to wait for the mixer to report why a participant left: its events may arrive
   * a moment after those of the leg.
   */
  private static final Duration REASON_TIMEOUT = Duration.ofSeconds(5);

  private final Mixer mixer;
  private final Rooms rooms;
  private final KeyActions keyActions;

  public Stay(Mixer mixer, Rooms rooms, KeyActions keyActions) {
    this.mixer = mixer;
    this.rooms = rooms;
    this.keyActions = keyActions;
  }

  /**
   * Blocks until the mixer releases the leg or the call ends; in the meantime, acts on the
   * participant's keys.
   */
  public Departure untilOut(Presence presence) {
    Staying staying = begin(presence);
    Optional<Departure> departure = staying.next(staying.timeout());
    while (departure.isEmpty()) {
      departure = staying.next(staying.timeout());
    }
    return departure.get();
  }

  /** Begins the time of a participant who has entered a room. */
  public Staying begin(Presence presence) {
    return new Staying(this, presence, keyActions, keys(presence));
  }

  private static KeyMap keys(Presence presence) {
    Guest guest = presence.guest();
    Target target = guest.target();
    return distributesKeys(guest)
        ? KeyMap.NONE
        : KeyMap.of(
            target.conference(), target.profile(), guest.moderator(), target.caller().settings());
  }

  /**
   * Returns whether the mixer passes the participant's keys on, so that they have no action here.
   */
  private static boolean distributesKeys(Guest guest) {
    return guest
        .invitation()
        .map(terms -> terms.flags().contains(MemberFlag.DISTRIBUTE_DTMF))
        .orElseGet(() ->
            List.of(guest.target().profile().text("member-flags").orElse("").split("[|,]\\s*"))
                .contains(MemberFlag.DISTRIBUTE_DTMF.word()));
  }

  /** Returns the outcome for a participant whose leg the mixer has released. */
  ConferenceOutcome outcome(Presence presence) {
    return reason(presence)
        .or(() -> lateReason(presence))
        .map(LeaveReason::outcome)
        .orElseGet(() -> {
          // Throws if the participant has hung up in the meantime, which means that they were not
          // kicked.
          presence.call().next(Duration.ZERO);
          return inferred(presence.room());
        });
  }

  private Optional<LeaveReason> lateReason(Presence presence) {
    rooms
        .expect(presence.room(), new Condition.Departing(presence.call().id()))
        .ifPresent(departing -> {
          departing.await(REASON_TIMEOUT);
          rooms.forget(departing);
        });
    return reason(presence);
  }

  /** Returns why the participant is leaving the room, if the room knows. */
  Optional<LeaveReason> reason(Presence presence) {
    return rooms
        .ask(presence.room(), state -> state.departure(presence.call().id()))
        .flatMap(Function.identity());
  }

  /**
   * Infers why a participant left when no event gives the reason. They neither hung up nor pressed
   * a key to leave, so they were kicked or the room ended.
   */
  private ConferenceOutcome inferred(RoomId room) {
    return switch (mixer.snapshot(room)) {
      case SnapshotReply.Shown running -> ConferenceOutcome.KICKED;
      case SnapshotReply.NoSuchRoom gone -> ConferenceOutcome.ENDED;
      case SnapshotReply.NoAnswer unknown -> ConferenceOutcome.ENDED;
    };
  }
}
