package dev.callflow.conference.stay;

import dev.callflow.conference.document.KeyAction;
import dev.callflow.conference.document.KeyMap;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.LegEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Handles a participant's time in a room: acts on their keys until the mixer releases the leg. */
public final class Stay {

  /** The maximum time to wait for one event; the loop then waits again. */
  private static final Duration EVENT_TIMEOUT = Duration.ofHours(1);

  private static final Duration BETWEEN_KEYS = Duration.ofSeconds(2);

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
    try {
      return new Departure.Released(inRoom(presence));
    } catch (CallEndedException e) {
      // The participant may have hung up while leaving for another reason.
      return new Departure.HungUp(
          reason(presence).map(LeaveReason::outcome).orElse(ConferenceOutcome.LEFT), e);
    }
  }

  private static KeyMap keys(Presence presence) {
    Target target = presence.guest().target();
    return KeyMap.of(
        target.conference(),
        target.profile(),
        presence.guest().moderator(),
        target.caller().settings());
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

  private ConferenceOutcome inRoom(Presence presence) {
    KeyMap keys = distributesKeys(presence.guest()) ? KeyMap.NONE : keys(presence);
    Levels levels = new Levels();
    Call call = presence.call();
    String pressed = "";
    for (char key : presence.keysPressed().toCharArray()) {
      pressed = press(presence, levels, keys, pressed + key);
    }
    while (true) {
      Optional<LegEvent> event = call.next(pressed.isEmpty() ? EVENT_TIMEOUT : BETWEEN_KEYS);
      if (event.isEmpty()) {
        act(presence, levels, keys, pressed);
        pressed = "";
      } else if (event.get() instanceof LegEvent.Dtmf(char key)) {
        pressed = press(presence, levels, keys, pressed + key);
      } else if (event.get() instanceof RoomSignal.Left) {
        return outcome(presence);
      }
    }
  }

  /**
   * Performs the action assigned to the pressed keys as soon as they cannot become a longer
   * sequence; returns the keys that may still become one.
   */
  private String press(Presence presence, Levels levels, KeyMap keys, String pressed) {
    if (keys.isBeginning(pressed)) {
      return pressed;
    }
    if (keys.actions().containsKey(pressed)) {
      act(presence, levels, keys, pressed);
      return "";
    }
    // No sequence matches all of the keys, but those before the last may be a complete sequence.
    String before = pressed.substring(0, pressed.length() - 1);
    act(presence, levels, keys, before);
    return before.isEmpty()
        ? ""
        : press(presence, levels, keys, pressed.substring(before.length()));
  }

  private void act(Presence presence, Levels levels, KeyMap keys, String pressed) {
    KeyAction action = keys.actions().get(pressed);
    if (action != null) {
      keyActions.act(presence, levels, action, pressed, keys.data().getOrDefault(pressed, ""));
    }
  }

  private ConferenceOutcome outcome(Presence presence) {
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

  private Optional<LeaveReason> reason(Presence presence) {
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
