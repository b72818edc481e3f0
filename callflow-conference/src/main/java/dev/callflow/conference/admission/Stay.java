package dev.callflow.conference.admission;

import dev.callflow.conference.document.KeyAction;
import dev.callflow.conference.document.KeyMap;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.LegEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time in the room: keys come, and at last the mixer lets the leg go. */
public final class Stay {

  /** Nothing need happen for as long as this; the loop then simply goes round. */
  private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

  private static final Duration BETWEEN_KEYS = Duration.ofSeconds(2);

  /** The mixer's own events may come a moment after the leg's. */
  private static final Duration LONGEST_DOUBT = Duration.ofMillis(300);

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

  private final Mixer mixer;
  private final Rooms rooms;
  private final KeyActions keyActions;

  public Stay(Mixer mixer, Rooms rooms, KeyActions keyActions) {
    this.mixer = mixer;
    this.rooms = rooms;
    this.keyActions = keyActions;
  }

  public ConferenceOutcome stay(Visit visit) {
    KeyMap keys = KeyMap.of(visit.conference(), visit.profile(), visit.moderator, visit.settings);
    Call call = visit.call();
    String pressed = "";
    for (char key : visit.keysWhileEntering.toString().toCharArray()) {
      pressed = press(visit, keys, pressed + key);
    }
    while (true) {
      Optional<LegEvent> event = call.next(pressed.isEmpty() ? LONGEST_SILENCE : BETWEEN_KEYS);
      if (event.isEmpty()) {
        act(visit, keys, pressed);
        pressed = "";
      } else if (event.get() instanceof LegEvent.Digit(char key)) {
        pressed = press(visit, keys, pressed + key);
      } else if (event.get() instanceof RoomSignal.Left) {
        return outcome(visit);
      }
    }
  }

  /** Acts as soon as no longer sequence is possible; returns what may still become one. */
  private String press(Visit visit, KeyMap keys, String pressed) {
    if (keys.isBeginning(pressed)) {
      return pressed;
    }
    if (keys.actions().containsKey(pressed)) {
      act(visit, keys, pressed);
      return "";
    }
    // The keys before the last one led nowhere, or to something shorter.
    String before = pressed.substring(0, pressed.length() - 1);
    act(visit, keys, before);
    return before.isEmpty() ? "" : press(visit, keys, pressed.substring(before.length()));
  }

  private void act(Visit visit, KeyMap keys, String pressed) {
    KeyAction action = keys.actions().get(pressed);
    if (action != null) {
      keyActions.act(visit, action, pressed, keys.data().getOrDefault(pressed, ""));
    }
  }

  private ConferenceOutcome outcome(Visit visit) {
    Call call = visit.call();
    Instant latest = call.time().now().plus(LONGEST_DOUBT);
    Optional<LeaveReason> why = rooms.departure(visit.room(), call.id());
    while (why.isEmpty() && call.time().now().isBefore(latest)) {
      call.sleep(BETWEEN_QUESTIONS);
      why = rooms.departure(visit.room(), call.id());
    }
    return why.map(Stay::outcome).orElseGet(() -> judged(visit.room()));
  }

  /**
   * No event says why. He has not hung up, and a key for it would be known: somebody else has put
   * him out, or the whole room.
   */
  private ConferenceOutcome judged(RoomId room) {
    return switch (mixer.snapshot(room)) {
      case SnapshotReply.Shown still -> ConferenceOutcome.KICKED;
      case SnapshotReply.NoSuchRoom gone -> ConferenceOutcome.ENDED;
      case SnapshotReply.NoAnswer unknown -> ConferenceOutcome.ENDED;
    };
  }

  public static ConferenceOutcome outcome(LeaveReason why) {
    return switch (why) {
      case LEFT -> ConferenceOutcome.LEFT;
      case KICKED -> ConferenceOutcome.KICKED;
      case ENDED -> ConferenceOutcome.ENDED;
      case MOVED -> ConferenceOutcome.MOVED;
    };
  }
}
