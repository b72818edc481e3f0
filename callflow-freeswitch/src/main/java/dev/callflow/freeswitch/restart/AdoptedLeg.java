package dev.callflow.freeswitch.restart;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.Position;
import dev.callflow.core.call.RecordingId;
import dev.callflow.core.time.Inbox;
import dev.callflow.esl.message.EslEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leg of an adopted member, controlled over the inbound connection. It receives the member's
 * keys, and ends when they leave the room: either they have hung up, or the channel comes back on
 * an outbound connection of its own. Nothing can be played to it.
 */
final class AdoptedLeg implements Leg {

  private static final Logger LOG = LoggerFactory.getLogger(AdoptedLeg.class);

  private static final String KEYS = "0123456789*#ABCD";

  private final CallId id;
  private final RoomId room;
  private final EslEvent data;
  private final Inbox<LegEvent> events;
  private final AdoptedLegs.Control control;
  private final Positions positions;

  AdoptedLeg(
      CallId id,
      RoomId room,
      EslEvent data,
      Inbox<LegEvent> inbox,
      AdoptedLegs.Control control,
      Positions positions) {
    this.id = id;
    this.room = room;
    this.data = data;
    this.events = inbox;
    this.control = control;
    this.positions = positions;
  }

  @Override
  public CallId id() {
    return id;
  }

  @Override
  public Inbox<LegEvent> events() {
    return events;
  }

  Optional<String> variable(String name) {
    return data.variable(name);
  }

  /** Handles an event that reports pressed keys. */
  void pressed(EslEvent event) {
    for (char key : event.header("DTMF-Digit").orElse("").toCharArray()) {
      if (KEYS.indexOf(key) >= 0) {
        publish(new LegEvent.Dtmf(key));
      }
    }
  }

  private void publish(LegEvent event) {
    if (!events.offer(event)) {
      LOG.warn("call {}: lost an event because the inbox is full or closed: {}", id, event);
    }
  }

  /** Handles the event that the member has left the room, perhaps by hanging up. */
  void left(EslEvent event) {
    Optional<HangupCause> cause = event.header("Hangup-Cause").map(HangupCause::of);
    cause.ifPresentOrElse(it -> end(EndedBy.CALLER, it), this::left);
  }

  /** Ends the stay of a member who has left the room without hanging up. */
  void left() {
    publish(new RoomSignal.Left(room, true));
  }

  void end(EndedBy by, HangupCause cause) {
    events.close(new LegEvent.HungUp(by, cause));
  }

  @Override
  public void keep(Position position) {
    String signed = positions.sign(id.value(), data.header("Core-UUID").orElse(""), position);
    control.post("uuid_setvar", id.value() + " " + Positions.VARIABLE + " " + signed);
  }

  @Override
  public void hangup(HangupCause cause) {
    control.post("uuid_kill", id.value() + " " + cause.name());
  }

  // ---- not possible in a room

  @Override
  public void answer() {}

  @Override
  public PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    throw notInRoom();
  }

  @Override
  public PlaybackId speak(
      String text, String voice, String language, String engine, KeyPolicy keys) {
    throw notInRoom();
  }

  @Override
  public void stop(PlaybackId playback) {}

  @Override
  public RecordingId record(String name, Duration maxLength) {
    throw notInRoom();
  }

  @Override
  public void discard(String name) {}

  @Override
  public void set(Map<String, String> variables) {}

  @Override
  public void transfer(String number) {
    throw notInRoom();
  }

  private static UnsupportedOperationException notInRoom() {
    return new UnsupportedOperationException("not possible while the member is in a room");
  }
}
