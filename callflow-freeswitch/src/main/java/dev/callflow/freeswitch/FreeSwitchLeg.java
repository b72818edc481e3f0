package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.Position;
import dev.callflow.core.call.RecordingId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallEnd;
import dev.callflow.esl.EslCallListener;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.freeswitch.SwitchText.Word;
import dev.callflow.freeswitch.restart.Positions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leg, controlled over the outbound connection that FreeSWITCH opened for it.
 *
 * <p>Every application has its own Event-UUID and an event-lock; without the lock, FreeSWITCH runs
 * a later application inside an earlier one. The call's thread gives commands and the event loop
 * delivers events; they take {@linkplain LegTurns turns}.
 */
final class FreeSwitchLeg implements Leg, EslCallListener {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitchLeg.class);

  private static final int MAX_EVENTS = 500;

  /** The owner of the leg, which keeps track of the leg until it ends. */
  interface Owner {

    /** Deletes a recording that is no longer needed; must not block. */
    void discard(String recording);

    /** Called when the leg has ended; must not block. */
    void gone(FreeSwitchLeg leg);
  }

  private final EslCall call;
  private final CallId id;
  private final SwitchText text;
  private final Owner owner;
  private final LegEvents events;
  private final LegApplications applications;
  private final Playbacks playbacks;
  private final Recordings recordings;
  private final RoomEntry rooms;
  private final Optional<Positions> positions;
  private final LegTurns turns = new LegTurns();
  private String usedPosition = "";
  private String keeping = "";

  FreeSwitchLeg(
      EslCall call,
      SoundFiles sounds,
      SwitchText text,
      TimeSource time,
      Owner owner,
      Optional<Positions> positions) {
    this.call = call;
    this.id = new CallId(call.uuid());
    this.text = text;
    this.owner = owner;
    this.positions = positions;
    this.events = new LegEvents(id, time.inbox(MAX_EVENTS));
    this.applications = new LegApplications(id, new CallConnection(call), text);
    this.playbacks = new Playbacks(applications, events, sounds, text, time::now);
    this.recordings = new Recordings(applications, events, sounds, text);
    this.rooms = new RoomEntry(id, applications, events, sounds, text);
  }

  private record CallConnection(EslCall call) implements LegApplications.Connection {
    @Override
    public String execute(String application, String argument) {
      return call.execute(application, argument);
    }

    @Override
    public void post(EslCommand command) {
      call.post(command);
    }
  }

  @Override
  public CallId id() {
    return id;
  }

  /** Returns the value that a variable had when the leg was handed over. */
  Optional<String> variable(String name) {
    return call.channelData().variable(name);
  }

  @Override
  public Inbox<LegEvent> events() {
    return events.inbox();
  }

  // ---- commands, from the call's thread

  @Override
  public void answer() {
    applications.execute("answer", "");
  }

  @Override
  public PlaybackId play(Media media, KeyPolicy keys, boolean endless) {
    return turns.command(() -> playbacks.play(media, keys, endless));
  }

  /**
   * Speaks the text; the language is ignored, since FreeSWITCH's {@code speak} has no argument for
   * it.
   */
  @Override
  public PlaybackId speak(
      String words, String voice, String language, String engine, KeyPolicy keys) {
    return turns.command(() -> playbacks.speak(words, voice, engine, keys));
  }

  @Override
  public void stop(PlaybackId playback) {
    turns.command(() -> playbacks.stop(playback));
  }

  @Override
  public RecordingId record(String name, Duration maxLength) {
    return turns.command(() -> recordings.record(name, maxLength));
  }

  @Override
  public void discard(String name) {
    owner.discard(name);
  }

  @Override
  public void set(Map<String, String> variables) {
    turns.command(() -> {
      variables.forEach((name, value) ->
          text.set(name, value).ifPresent(argument -> applications.execute("set", argument)));
    });
  }

  @Override
  public void keep(Position position) {
    String core = call.channelData().header("Core-UUID").orElse("");
    turns.command(() -> {
      positions
          .flatMap(
              signing -> text.set(Positions.VARIABLE, signing.sign(id.value(), core, position)))
          .ifPresent(argument -> keeping = applications.execute("set", argument));
    });
  }

  /**
   * Records that the leg has come back with a position, which is released if the connection ends
   * before the channel has its next position.
   */
  void cameBackWith(String serial) {
    usedPosition = serial;
  }

  private void releasePosition() {
    if (!usedPosition.isEmpty()) {
      positions.ifPresent(signing -> signing.release(usedPosition));
    }
  }

  @Override
  public void transfer(String number) {
    applications.execute("transfer", text.word(Word.NUMBER, number));
  }

  @Override
  public void hangup(HangupCause cause) {
    turns.command(() -> events.hangingUp());
    call.hangup(cause.name());
  }

  /** Puts the leg into a room. */
  void enter(RoomId room, String roomName, JoinOptions options, String defaultProfile) {
    turns.command(() -> rooms.enter(room, roomName, options, defaultProfile));
  }

  boolean isInRoom() {
    return turns.command(() -> rooms.isInRoom());
  }

  /** Bridges the leg to a room on another switch, with a dial string from {@link DialStrings}. */
  void bridge(RoomId room, String dialString) {
    turns.command(() -> rooms.bridge(room, dialString));
  }

  /** Reports that the far end of the leg's bridge has entered the room. */
  void bridged(RoomSignal.Entered entered) {
    turns.command(() -> rooms.bridged(entered));
  }

  // ---- events, from the event loop

  @Override
  public void event(EslEvent event) {
    turns.event(() -> {
      try {
        handle(event);
      } catch (RuntimeException e) {
        LOG.error("call {}: cannot handle the event {}", id, event, e);
      }
    });
  }

  private void handle(EslEvent event) {
    switch (event.name()) {
      case "CHANNEL_EXECUTE" -> applications.started(application(event));
      case "CHANNEL_EXECUTE_COMPLETE" -> applicationEnded(event);
      case "DTMF" -> event.header("DTMF-Digit").ifPresent(this::publishKeys);
      case "CHANNEL_HANGUP" -> events.hangupReported();
      case "CUSTOM" -> rooms.roomEvent(event);
      default -> {}
    }
  }

  private static String application(EslEvent event) {
    return event.header("Application-UUID").orElse("");
  }

  private void publishKeys(String keys) {
    events.publishKeys(keys);
    playbacks.keyPressed();
  }

  private void applicationEnded(EslEvent event) {
    String uuid = application(event);
    applications.ended(uuid);
    if (uuid.equals(keeping)) {
      usedPosition = "";
    }
    if (!playbacks.applicationEnded(uuid, event.header("Application-Response").orElse(""))
        && !recordings.applicationEnded(uuid, event)) {
      rooms.applicationEnded(uuid);
    }
  }

  @Override
  public void ended(EslCallEnd end) {
    turns.event(() -> {
      if (end.lost() || end.transferred()) {
        releasePosition();
      }
      events.ended(end);
      owner.gone(this);
    });
  }
}
