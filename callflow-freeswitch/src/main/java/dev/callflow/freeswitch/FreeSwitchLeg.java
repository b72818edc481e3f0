package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Keys;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.RecordingId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.EslCall;
import dev.callflow.esl.EslCallEnd;
import dev.callflow.esl.EslCallListener;
import dev.callflow.esl.EslException;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.freeswitch.SwitchText.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leg over the outbound connection that FreeSWITCH has opened for it.
 *
 * <p>Every application carries its own Event-UUID and an event-lock: without the lock FreeSWITCH
 * runs a later one inside an earlier one. Orders come from the call's thread, events from the
 * connection's; a short lock keeps what both need.
 */
final class FreeSwitchLeg implements Leg, EslCallListener {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitchLeg.class);

  private static final int MOST_EVENTS = 500;

  /** So much silence ends a recording. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration SHORTEST_WORD = Duration.ofMillis(250);

  /** Music that ends sooner than this again and again would keep FreeSWITCH busy for nothing. */
  private static final Duration SHORTEST_MUSIC = Duration.ofMillis(500);

  /**
   * Music is asked for in pieces of that length: FreeSWITCH looks at nothing else while one plays,
   * and should we be gone, a caller would wait for ever.
   */
  private static final Duration PIECE_OF_MUSIC = Duration.ofSeconds(30);

  /** What an application was asked for, and what its end means. */
  private sealed interface Order {
    /**
     * @param again what is played again and again; null if it is played once
     * @param instead what is played if the file is not there; null if nothing
     */
    record Play(
        PlaybackId id, Keys keys, @Nullable String again, @Nullable String instead, Instant asked)
        implements Order {}

    record Record(RecordingId id) implements Order {}

    record Conference(RoomId room) implements Order {}
  }

  private final EslCall call;
  private final CallId id;
  private final SoundFiles sounds;
  private final SwitchText text;
  private final TimeSource time;
  private final Consumer<String> discarded;
  private final Runnable whenGone;
  private final Inbox<LegEvent> events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private @Nullable String running;
  private @Nullable String stopAtBegin;
  private @Nullable PlaybackId stopped;
  private String terminators = "";
  private boolean inPieces;
  private boolean inRoom;
  private boolean hungUpByUs;
  private boolean hasHungUp;

  /**
   * @param discarded gets the names of recordings that are not wanted any more; must not block
   * @param whenGone runs when the leg has ended
   */
  FreeSwitchLeg(
      EslCall call,
      SoundFiles sounds,
      SwitchText text,
      TimeSource time,
      Consumer<String> discarded,
      Runnable whenGone) {
    this.call = call;
    this.id = new CallId(call.uuid());
    this.sounds = sounds;
    this.text = text;
    this.time = time;
    this.discarded = discarded;
    this.whenGone = whenGone;
    this.events = time.inbox(MOST_EVENTS);
  }

  @Override
  public CallId id() {
    return id;
  }

  /** A variable that the leg had when it was handed over. */
  Optional<String> variable(String name) {
    return call.channelData().variable(name);
  }

  @Override
  public Inbox<LegEvent> events() {
    return events;
  }

  // ---- orders, from the call's thread

  @Override
  public void answer() {
    execute("answer", "");
  }

  @Override
  public PlaybackId play(Media media, Keys keys, boolean endless) {
    lock.lock();
    try {
      String file = text.file(sounds.file(media));
      keysEnd(keys == Keys.INTERRUPT);
      inPieces(endless);
      String uuid = execute("playback", file);
      PlaybackId playback = new PlaybackId(uuid);
      String instead = sounds.instead(media).map(text::file).orElse(null);
      orders.put(uuid, new Order.Play(playback, keys, endless ? file : null, instead, time.now()));
      return playback;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public PlaybackId speak(String words, String voice, String language, String engine, Keys keys) {
    lock.lock();
    try {
      String speech =
          text.speech(engine.isEmpty() ? "flite" : engine, voice.isEmpty() ? "kal" : voice, words);
      keysEnd(keys == Keys.INTERRUPT);
      String uuid = execute("speak", speech);
      PlaybackId playback = new PlaybackId(uuid);
      orders.put(uuid, new Order.Play(playback, keys, null, null, time.now()));
      return playback;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop(PlaybackId playback) {
    lock.lock();
    try {
      Order order = orders.get(playback.value());
      Optional<String> uuid =
          order != null
              ? Optional.of(playback.value())
              : orders.entrySet().stream()
                  .filter(
                      it -> it.getValue() instanceof Order.Play play && play.id().equals(playback))
                  .map(Map.Entry::getKey)
                  .findFirst();
      if (uuid.isPresent()) {
        stopped = playback;
        breakOff(uuid.get());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the running application; one that has not begun is ended when it does. */
  private void breakOff(String uuid) {
    if (uuid.equals(running)) {
      call.post(new EslCommand.Api("uuid_break", text.word(Word.LEG, id.value())));
      // FreeSWITCH may break what follows, too; let that be something nobody listens to.
      execute("playback", "silence_stream://20");
    } else {
      stopAtBegin = uuid;
    }
  }

  @Override
  public RecordingId record(String name, Duration longest) {
    lock.lock();
    try {
      keysEnd(true);
      // Silence is less energy than 200 (spec 2.10).
      String silence = " 200 " + SILENCE.toSeconds();
      String uuid =
          execute(
              "record",
              text.argument(sounds.recording(name)) + " " + longest.toSeconds() + silence);
      RecordingId recording = new RecordingId(uuid);
      orders.put(uuid, new Order.Record(recording));
      return recording;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void discard(String name) {
    discarded.accept(name);
  }

  @Override
  public void set(Map<String, String> variables) {
    lock.lock();
    try {
      variables.forEach(this::set);
    } finally {
      lock.unlock();
    }
  }

  private void set(String name, String value) {
    text.set(name, value).ifPresent(argument -> execute("set", argument));
  }

  @Override
  public void transfer(String number) {
    execute("transfer", text.word(Word.NUMBER, number));
  }

  @Override
  public void hangup(HangupCause cause) {
    lock.lock();
    try {
      hungUpByUs = !hasHungUp;
    } finally {
      lock.unlock();
    }
    call.hangup(cause.name());
  }

  /** Puts the leg into a room; its own variables say how (design section 5). */
  void enter(RoomId room, String roomName, JoinOptions entry, String defaultProfile) {
    lock.lock();
    try {
      Map<String, String> variables = new LinkedHashMap<>();
      variables.put("hangup_after_conference", "false");
      variables.put("conference_enforce_security", "false");
      variables.put("conference_controls", "none");
      // Unset would mean the profile's own sound.
      variables.put("conference_enter_sound", sound(entry.enterSound()));
      variables.put("conference_exit_sound", sound(entry.exitSound()));
      variables.put("conference_max_members", String.valueOf(entry.mostMembers().orElse(0)));
      JoinOptions.Mixing mixing = entry.mixing();
      mixing.music().ifPresent(music -> variables.put("conference_moh_sound", sounds.file(music)));
      number(variables, "conference_join_energy_level", mixing.energyLevel());
      number(variables, "conference_force_rate", mixing.rate());
      number(variables, "conference_force_interval", mixing.interval());
      number(variables, "conference_force_channels", mixing.channels());
      RoomNames.variables(room).forEach((name, value) -> variables.put("confvar_" + name, value));
      text.multiset(variables).ifPresent(all -> execute("multiset", all));
      String profile = entry.profile().isEmpty() ? defaultProfile : entry.profile();
      String uuid =
          execute(
              "conference",
              roomName + "@" + text.word(Word.NAME, profile) + "+flags{" + flags(entry) + "}");
      inRoom = false;
      orders.put(uuid, new Order.Conference(room));
    } finally {
      lock.unlock();
    }
  }

  private static void number(Map<String, String> variables, String name, OptionalInt value) {
    value.ifPresent(number -> variables.put(name, String.valueOf(number)));
  }

  /** Leads the leg to a room on another switch; the argument is a dial string of ours. */
  void bridge(RoomId room, String dialString) {
    lock.lock();
    try {
      Map<String, String> variables = new LinkedHashMap<>();
      // The callflow goes on when the other side has ended.
      variables.put("hangup_after_bridge", "false");
      variables.put("park_after_bridge", "false");
      variables.put("continue_on_fail", "true");
      text.multiset(variables).ifPresent(all -> execute("multiset", all));
      String uuid = execute("bridge", dialString);
      inRoom = false;
      orders.put(uuid, new Order.Conference(room));
    } finally {
      lock.unlock();
    }
  }

  /** The far half of the bridge is in its room. */
  void bridged(RoomSignal.Entered entered) {
    lock.lock();
    try {
      inRoom = true;
      tell(entered);
    } finally {
      lock.unlock();
    }
  }

  private String sound(Optional<Media> media) {
    return media.map(sounds::file).orElse("silence_stream://1");
  }

  private static String flags(JoinOptions entry) {
    List<String> words = entry.flags().stream().map(FreeSwitchLeg::flag).sorted().toList();
    return String.join("|", words);
  }

  private static String flag(MemberFlag flag) {
    return switch (flag) {
      case MUTE -> "mute";
      case DEAF -> "deaf";
      case MODERATOR -> "moderator";
      case GHOST -> "ghost";
      case VIDEO_MUTE -> "vmute";
      case NO_MUSIC -> "nomoh";
      case DISTRIBUTE_DTMF -> "dist-dtmf";
      case JOIN_EXISTING -> "join-only";
    };
  }

  private void keysEnd(boolean any) {
    String wanted = any ? "any" : "none";
    if (terminators.isEmpty()) {
      // FreeSWITCH keeps all keys of a call in a variable, which ends up in its call records.
      execute("set", "digits_dialed_filter=.+");
    }
    if (!wanted.equals(terminators)) {
      terminators = wanted;
      execute("set", "playback_terminators=" + wanted);
    }
  }

  private void inPieces(boolean wanted) {
    if (wanted != inPieces) {
      inPieces = wanted;
      execute("set", "playback_timeout_sec=" + (wanted ? PIECE_OF_MUSIC.toSeconds() : 0));
    }
  }

  private String execute(String application, String argument) {
    try {
      return call.execute(application, argument);
    } catch (EslException e) {
      // Its end is told as an event; this order is one of those that come too late.
      LOG.warn("{}: {} could not be asked for: {}", id, application, e.getMessage());
      return "none-" + application;
    }
  }

  // ---- events, from the connection's thread

  @Override
  public void event(EslEvent event) {
    lock.lock();
    try {
      switch (event.name()) {
        case "CHANNEL_EXECUTE" -> begins(event.header("Application-UUID").orElse(""));
        case "CHANNEL_EXECUTE_COMPLETE" -> completes(event);
        case "DTMF" -> event.header("DTMF-Digit").ifPresent(this::pressed);
        case "CHANNEL_HANGUP" -> hasHungUp = true;
        case "CUSTOM" -> inRoom(event);
        default -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  private void begins(String uuid) {
    running = uuid;
    if (uuid.equals(stopAtBegin)) {
      stopAtBegin = null;
      breakOff(uuid);
    }
  }

  private void pressed(String keys) {
    for (char key : keys.toCharArray()) {
      if ("0123456789*#ABCD".indexOf(key) >= 0) {
        tell(new LegEvent.Digit(key));
      }
    }
    // A key that came before the prompt has begun is one that FreeSWITCH has not stopped it for.
    orders.forEach((uuid, order) -> {
      if (order instanceof Order.Play play
          && play.keys() == Keys.INTERRUPT
          && !uuid.equals(running)) {
        stopAtBegin = uuid;
      }
    });
  }

  private void completes(EslEvent event) {
    String uuid = event.header("Application-UUID").orElse("");
    if (uuid.equals(running)) {
      running = null;
    }
    Order order = orders.remove(uuid);
    String response = event.header("Application-Response").orElse("");
    switch (order) {
      case null -> {
        // With a cause it is a hang-up whose own event has not come yet.
        if (event.header("Application").filter("socket"::equals).isPresent()
            && !hasHungUp
            && event.header("Hangup-Cause").isEmpty()) {
          takenAway();
        }
      }
      case Order.Play play -> played(play, response);
      case Order.Record(RecordingId recording) ->
          tell(new LegEvent.RecordingEnded(recording, hasHungUp ? 0 : said(event).toMillis()));
      case Order.Conference(RoomId room) -> {
        // Of one who has hung up only that is told, and that comes by itself.
        if (!hasHungUp) {
          tell(new RoomSignal.Left(room, inRoom));
        }
        inRoom = false;
      }
    }
  }

  /** What ended by silence, and is hardly longer than that silence, has nobody's voice in it. */
  private static Duration said(EslEvent recorded) {
    Duration length =
        recorded
            .variable("record_ms")
            .filter(text -> text.matches("\\d{1,9}"))
            .map(text -> Duration.ofMillis(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    boolean byKey = recorded.variable("playback_terminator_used").isPresent();
    return byKey || length.compareTo(SILENCE.plus(SHORTEST_WORD)) > 0 ? length : Duration.ZERO;
  }

  private void played(Order.Play play, String response) {
    boolean missing = response.equals("FILE NOT FOUND");
    if (missing && play.instead() != null && !play.id().equals(stopped) && !hasHungUp) {
      String next = execute("playback", play.instead());
      orders.put(next, new Order.Play(play.id(), play.keys(), null, null, time.now()));
      return;
    }
    boolean goesOn =
        play.again() != null
            && !play.id().equals(stopped)
            && !missing
            && !hasHungUp
            && Duration.between(play.asked(), time.now()).compareTo(SHORTEST_MUSIC) > 0;
    if (goesOn && play.again() != null) {
      String next = execute("playback", play.again());
      orders.put(next, new Order.Play(play.id(), play.keys(), play.again(), null, time.now()));
      return;
    }
    tell(
        new LegEvent.PlaybackEnded(
            play.id(),
            missing
                ? PlayResult.MISSING
                : play.id().equals(stopped) ? PlayResult.INTERRUPTED : PlayResult.PLAYED));
  }

  private void inRoom(EslEvent event) {
    boolean joins =
        event.subclass().equals(RoomEvents.SUBCLASS)
            && event.header("Action").filter("add-member"::equals).isPresent()
            && event.uuid().filter(id.value()::equals).isPresent();
    if (joins) {
      for (Order order : orders.values()) {
        if (order instanceof Order.Conference(RoomId room)) {
          inRoom = true;
          tell(
              new RoomSignal.Entered(
                  room,
                  event.header("Conference-Unique-ID").orElse(""),
                  event
                      .header("Member-ID")
                      .filter(text -> text.matches("\\d{1,9}"))
                      .map(Integer::parseInt)
                      .orElse(0)));
        }
      }
    }
  }

  /** Somebody has transferred the call: it is not ours any more, and must not be hung up. */
  private void takenAway() {
    LOG.info("{} has been taken away by a transfer", id);
    end(new LegEvent.HungUp(EndedBy.SWITCH, HangupCause.BLIND_TRANSFER));
    call.close();
  }

  private void tell(LegEvent event) {
    if (!events.offer(event)) {
      LOG.warn("{}: an event is lost, the call does not take them: {}", id, event);
    }
  }

  @Override
  public void ended(EslCallEnd end) {
    lock.lock();
    try {
      HangupCause cause =
          end.cause().map(HangupCause::of).orElse(HangupCause.DESTINATION_OUT_OF_ORDER);
      EndedBy by =
          hungUpByUs
              ? EndedBy.ENGINE
              : end.lost() || cause.name().equals("SYSTEM_SHUTDOWN")
                  ? EndedBy.SWITCH
                  : EndedBy.CALLER;
      end(new LegEvent.HungUp(by, cause));
    } finally {
      lock.unlock();
    }
  }

  private void end(LegEvent.HungUp end) {
    events.close(end);
    whenGone.run();
  }
}
