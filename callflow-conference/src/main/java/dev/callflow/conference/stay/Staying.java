package dev.callflow.conference.stay;

import dev.callflow.conference.document.KeyAction;
import dev.callflow.conference.document.KeyMap;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.visit.Presence;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.LegEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * A participant's time in a room, one event of their call after the other. Used by the call's
 * thread only.
 */
public final class Staying {

  /** The maximum time to wait for one event. */
  private static final Duration EVENT_TIMEOUT = Duration.ofHours(1);

  private static final Duration BETWEEN_KEYS = Duration.ofSeconds(2);

  private final Stay stay;
  private final Presence presence;
  private final KeyActions actions;
  private final KeyMap keys;
  private final Levels levels = new Levels();

  /** The keys pressed while the participant joined the room, which have not had their effect. */
  private String earlier;

  /** The keys that may still become a sequence with an action. */
  private String pressed = "";

  Staying(Stay stay, Presence presence, KeyActions actions, KeyMap keys) {
    this.stay = stay;
    this.presence = presence;
    this.actions = actions;
    this.keys = keys;
    this.earlier = presence.keysPressed();
  }

  /** Returns how long to wait for the next event at most. */
  public Duration timeout() {
    if (!earlier.isEmpty()) {
      return Duration.ZERO;
    }
    return pressed.isEmpty() ? EVENT_TIMEOUT : BETWEEN_KEYS;
  }

  /**
   * Waits for the next event and acts on it, or on its absence. The result is empty as long as the
   * participant is in the room.
   *
   * @param timeout the part of {@link #timeout()} that the caller has not waited already
   */
  public Optional<Departure> next(Duration timeout) {
    try {
      if (!earlier.isEmpty()) {
        String before = earlier;
        earlier = "";
        before.chars().forEach(key -> press((char) key));
        return Optional.empty();
      }
      LegEvent event = presence.call().next(timeout).orElse(null);
      if (event instanceof RoomSignal.Left) {
        return Optional.of(new Departure.Released(stay.outcome(presence)));
      }
      if (event instanceof LegEvent.Dtmf(char key)) {
        press(key);
      } else if (event == null) {
        act(pressed);
        pressed = "";
      }
      return Optional.empty();
    } catch (CallEndedException e) {
      // The participant may have hung up while leaving for another reason.
      return Optional.of(
          new Departure.HungUp(
              stay.reason(presence).map(LeaveReason::outcome).orElse(ConferenceOutcome.LEFT), e));
    }
  }

  /**
   * Performs the action assigned to the pressed keys as soon as they cannot become a longer
   * sequence.
   */
  private void press(char key) {
    String all = pressed + key;
    if (keys.isBeginning(all)) {
      pressed = all;
      return;
    }
    pressed = "";
    if (keys.actions().containsKey(all)) {
      act(all);
      return;
    }
    // No sequence matches all of the keys, but those before the last may be a complete sequence.
    String before = all.substring(0, all.length() - 1);
    act(before);
    if (!before.isEmpty()) {
      press(key);
    }
  }

  private void act(String sequence) {
    KeyAction action = keys.actions().get(sequence);
    if (action != null) {
      actions.act(presence, levels, action, sequence, keys.data().getOrDefault(sequence, ""));
    }
  }
}
