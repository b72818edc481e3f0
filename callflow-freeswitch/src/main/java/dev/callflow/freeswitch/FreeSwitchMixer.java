package dev.callflow.freeswitch;

import dev.callflow.conference.mixer.AdoptedMember;
import dev.callflow.conference.mixer.Bridge;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.KeptReply;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.mixer.RoomsReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.Position;
import dev.callflow.core.file.SentFile;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.EslClient;
import dev.callflow.esl.EslClientListener;
import dev.callflow.esl.EslClientOptions;
import dev.callflow.esl.EslPeer;
import dev.callflow.esl.error.EslException;
import dev.callflow.esl.message.EslCommand;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.freeswitch.restart.AdoptedLegs;
import dev.callflow.freeswitch.restart.KeptWithCalls;
import dev.callflow.freeswitch.restart.Positions;
import dev.callflow.freeswitch.restart.TakeBack;
import dev.callflow.freeswitch.sound.ExitSounds;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Controls FreeSWITCH's conferences over the control connection. {@link FreeSwitchDialler} places
 * the calls that rooms dial, and {@link FreeSwitchTrunk} connects legs to rooms on other switches.
 */
final class FreeSwitchMixer
    implements Mixer, EslClientListener, FreeSwitchLeg.Owner, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FreeSwitchMixer.class);

  /**
   * The maximum number of attempts to run a command. More than one may be needed, since FreeSWITCH
   * may announce a member a moment before it accepts commands for that member.
   */
  private static final int MAX_TRIES = 4;

  private static final Duration RETRY_PAUSE = Duration.ofMillis(30);

  /**
   * The maximum number of attempts to adopt a member. A host that starts on a busy machine may have
   * to wait for an answer longer than usual, and without it the member's keys have no effect.
   */
  private static final int MAX_ADOPTION_TRIES = 10;

  /** The maximum number of attempts to list the rooms, for the same reason. */
  private static final int MAX_LISTINGS = 3;

  private static final Duration ADOPTION_PAUSE = Duration.ofSeconds(1);

  /**
   * How long a new call may wait for the control connection; a short time, since the caller hears
   * silence meanwhile.
   */
  private static final Duration RECONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final FreeSwitchOptions options;
  private final TimeSource time;
  private final SwitchText text;
  private final SoundFiles sounds;
  private final RoomNames names = new RoomNames();
  private final RoomEvents events;
  private final RoomCommands commands;
  private final SipNotify sipNotify;
  private final RecordingFiles recordings;
  private final EslClient client;
  private final Map<CallId, FreeSwitchLeg> legs = new ConcurrentHashMap<>();
  private final FreeSwitchDialler dialler;
  private final FreeSwitchTrunk trunk;
  private final Optional<Positions> positions;
  private final AdoptedLegs adopted = new AdoptedLegs();
  private final TakeBack takeBack;
  private final Optional<KeptWithCalls> kept;
  private final ExitSounds exitSounds = new ExitSounds();
  private final List<Consumer<MixerEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile String hostname = "";
  private volatile String coreUuid = "";
  private volatile boolean listedKept;
  private volatile boolean closing;

  /** When the control connection was opened or lost the last time. */
  private volatile Instant since;

  private volatile InetSocketAddress calls;

  FreeSwitchMixer(
      FreeSwitchOptions options,
      SoundFiles sounds,
      SwitchText text,
      TimeSource time,
      EslRuntime runtime,
      Optional<Positions> positions) {
    this.options = options;
    this.calls = options.calls();
    this.positions = positions;
    this.time = time;
    this.since = time.now();
    this.text = text;
    this.sounds = sounds;
    this.events = new RoomEvents(names, time::now);
    this.commands = new RoomCommands(sounds, events::number, text);
    this.sipNotify = new SipNotify(options, text);
    this.client =
        new EslClient(
            EslClientOptions.builder(options.control())
                .runtime(runtime)
                .password(options.password())
                .commandTimeout(options.controlTimeout())
                .events(List.of("SHUTDOWN"), List.of(RoomEvents.SUBCLASS))
                .metrics(options.metrics())
                .listener(this)
                .build());
    this.recordings = new RecordingFiles(client, sounds, text, options.controlTimeout());
    DialStrings dialStrings = new DialStrings(options, text);
    this.dialler = new FreeSwitchDialler(client::bgapi, options, dialStrings, text, time);
    this.trunk = new FreeSwitchTrunk(this::leg, dialStrings, time);
    this.takeBack =
        new TakeBack(this::run, text.file(options.holdMusic()), time, this::isUuid, this::isHere);
    this.kept =
        options
            .positionKey()
            .map(key -> new KeptWithCalls(this::run, key, time::now, this::isUuid));
  }

  FreeSwitchDialler dialler() {
    return dialler;
  }

  FreeSwitchTrunk trunk() {
    return trunk;
  }

  /**
   * Starts connecting to the event socket.
   *
   * @param address the address at which FreeSWITCH hands over calls, including dialled ones
   */
  void start(InetSocketAddress address) {
    calls = address;
    dialler.setCallAddress(address);
    client.start();
  }

  boolean awaitConnected(Duration timeout) {
    return client.awaitConnected(timeout);
  }

  Instant since() {
    return since;
  }

  Optional<EslException> connectFailure() {
    return client.connectFailure();
  }

  @Override
  public void close() {
    closing = true;
    client.close();
  }

  // ---- legs

  /** Returns how many legs this process controls: those with a connection, and adopted ones. */
  int controlled() {
    return legs.size() + adopted.ids().size();
  }

  int outsideOfRooms() {
    return (int) legs.values().stream().filter(leg -> !leg.isInRoom()).count();
  }

  void hangUpAll(HangupCause cause) {
    legs.values().forEach(leg -> leg.hangup(cause));
    adopted.ids().forEach(leg -> post("uuid_kill", leg.value() + " " + cause.name()));
  }

  /** Registers a leg; must not block. */
  void arrived(FreeSwitchLeg leg) {
    adopted.cameBack(leg.id());
    legs.put(leg.id(), leg);
  }

  private Optional<FreeSwitchLeg> leg(CallId id) {
    return Optional.ofNullable(legs.get(id));
  }

  /**
   * If the control connection is down, reconnects immediately, since the call proves that
   * FreeSWITCH is running.
   */
  void awaitControl(FreeSwitchLeg leg) {
    if (!client.connected()) {
      client.reconnectNow();
      if (!client.awaitConnected(RECONNECT_TIMEOUT)) {
        LOG.warn(
            "call {} arrived, but the event socket of its FreeSWITCH does not answer", leg.id());
      }
    }
  }

  /** Forgets a leg, but not a later one with the same id, which was transferred back to us. */
  @Override
  public void gone(FreeSwitchLeg leg) {
    if (legs.remove(leg.id(), leg)) {
      kept.ifPresent(all -> all.gone(leg.id()));
      exitSounds.ended(leg.id());
    }
  }

  /** Deletes a recording of a caller, on a new thread. */
  @Override
  public void discard(String recording) {
    time.start("discard-" + recording, () -> recordings.delete(recording));
  }

  /** Lets FreeSWITCH send a recording; blocks until it has. */
  SentFile send(String path, String url) {
    return recordings.send(path, url);
  }

  /** Deletes the recording at a path; blocks until it is gone. */
  void discardFile(String path) {
    recordings.discard(path);
  }

  // ---- calls of an earlier process

  private boolean isHere(CallId call) {
    return legs.containsKey(call) || adopted.has(call);
  }

  boolean isAdopted(String uuid) {
    return adopted.has(new CallId(uuid));
  }

  /** Returns whether a channel's uuid can be written in a command. */
  private boolean isUuid(String uuid) {
    return text.isWord(SwitchText.Word.LEG, uuid);
  }

  private String run(String command, String arguments) {
    return client.bgapi(command, arguments, options.controlTimeout());
  }

  @Override
  public Optional<AdoptedMember> adopt(CallId member, RoomId room) {
    if (positions.isEmpty() || isHere(member) || !isUuid(member.value())) {
      return Optional.empty();
    }
    try {
      for (int tries = 1; ; tries++) {
        try {
          return adopt(member, room, positions.get());
        } catch (EslException e) {
          if (tries == MAX_ADOPTION_TRIES) {
            LOG.warn("room {}: keys in call {} have no effect: {}", room, member, e.getMessage());
            return Optional.empty();
          }
        }
        time.<Boolean>inbox(1).poll(ADOPTION_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public MixerReply keep(CallId call, RoomId room, String settings) {
    return kept.map(all -> all.keep(call, coreUuid, room, settings))
        .orElseGet(MixerReply.Done::new);
  }

  @Override
  public KeptReply kept() {
    if (kept.isEmpty() || listedKept) {
      return new KeptReply.Listed(List.of());
    }
    try {
      List<KeptReply.Kept> all = kept.get().read(coreUuid);
      listedKept = true;
      return new KeptReply.Listed(all);
    } catch (EslException e) {
      return new KeptReply.NoAnswer("the switch does not answer");
    }
  }

  private Optional<AdoptedMember> adopt(CallId member, RoomId room, Positions reading) {
    String dump = run("uuid_dump", member.value());
    EslEvent data = EslEvent.of(EslEvent.Format.PLAIN, dump.getBytes(StandardCharsets.UTF_8));
    Optional<Position> position =
        data.variable(Positions.VARIABLE)
            .flatMap(it -> reading.read(member.value(), data.header("Core-UUID").orElse(""), it));
    if (position.isEmpty()) {
      return Optional.empty();
    }
    exitSounds.adopted(member, data);
    client.subscribe(List.of("DTMF"), List.of());
    return adopted
        .adopt(room, data, time.inbox(AdoptedLegs.MAX_EVENTS), this::post, reading)
        .map(leg ->
            new AdoptedMember(
                leg, FreeSwitch.incoming(data, position.get().number()), position.get()));
  }

  private void post(String command, String arguments) {
    client
        .bgapiAsync(command, arguments, options.controlTimeout())
        .whenComplete((answer, failure) -> {
          if (failure != null || answer.startsWith("-")) {
            LOG.warn("{} for an adopted member failed", command);
          }
        });
  }

  /** Takes back calls that are not in a room, and ends adopted legs whose channel is gone. */
  private void takeBack(String coreUuid) {
    positions.ifPresent(reading -> takeBack.run(reading, coreUuid, calls));
    try {
      for (CallId call : adopted.ids()) {
        if (run("uuid_exists", call.value()).strip().equals("false")) {
          adopted.end(call);
        }
      }
    } catch (EslException e) {
      LOG.debug("cannot check the adopted legs: {}", e.getMessage());
    }
  }

  // ---- rooms

  @Override
  public boolean available() {
    return client.connected();
  }

  @Override
  public void enter(CallId call, RoomId room, JoinOptions join) {
    exitSounds.entering(call, join.exitSound());
    leg(call)
        .ifPresentOrElse(
            leg -> leg.enter(room, names.name(room), join, options.profile()),
            () -> {
              exitSounds.ended(call);
              LOG.debug("call {} ended before it could enter room {}", call, room);
            });
  }

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    if (command instanceof MixerCommand.Notify(CallId member, var variables)) {
      return notify(member, variables);
    }
    boolean plays = command instanceof MixerCommand.Play || command instanceof MixerCommand.PlayTo;
    if (plays && exitSounds.isShuttingDown()) {
      // Opening a sound would delay the shutdown.
      return new MixerReply.NotThere();
    }
    List<RoomCommands.Line> lines;
    try {
      lines = commands.lines(command);
    } catch (IllegalArgumentException e) {
      // Only this command fails: an action on several members must go on with the others.
      LOG.warn("room {}: cannot send a command: {}", room, e.getMessage());
      return new MixerReply.Refused(String.valueOf(e.getMessage()));
    }
    MixerReply reply = new MixerReply.Done();
    for (RoomCommands.Line line : lines) {
      reply = apply(room, line);
      if (!(reply instanceof MixerReply.Done)) {
        return reply;
      }
    }
    return reply;
  }

  private MixerReply apply(RoomId room, RoomCommands.Line line) {
    try {
      for (int tries = 1; ; tries++) {
        String answer = ask(RoomCommands.inRoom(names.name(room), line.arguments()));
        MixerReply reply = commands.reply(line, answer);
        boolean again = answer.startsWith("-ERR Non-Existant") && tries < MAX_TRIES;
        if (!again) {
          return reply;
        }
        time.<Boolean>inbox(1).poll(RETRY_PAUSE);
      }
    } catch (EslException e) {
      LOG.warn("room {}: no answer to a command; its outcome is unknown", room, e);
      return new MixerReply.Unknown("no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new MixerReply.Unknown("interrupted");
    }
  }

  private String ask(RoomCommands.Command command) {
    return client.bgapi(command.name(), command.arguments(), options.controlTimeout());
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    try {
      String answer = ask(RoomCommands.listRoom(names.name(room)));
      SnapshotReply reply = RoomListing.read(room, answer, time.now());
      if (reply instanceof SnapshotReply.Shown(MixerSnapshot shown)) {
        events.listed(shown);
      }
      return reply;
    } catch (EslException e) {
      LOG.warn("cannot list room {}", room, e);
      return new SnapshotReply.NoAnswer("the switch does not answer");
    }
  }

  @Override
  public RoomsReply rooms() {
    for (int tries = 1; ; tries++) {
      try {
        return RoomListing.rooms(ask(RoomCommands.listAll()), names)
            .<RoomsReply>map(RoomsReply.Listed::new)
            .orElseGet(() -> new RoomsReply.NoAnswer("the answer is not a list of rooms"));
      } catch (EslException e) {
        if (tries == MAX_LISTINGS || !client.connected()) {
          LOG.warn("cannot list the rooms", e);
          return new RoomsReply.NoAnswer("the switch does not answer");
        }
      }
    }
  }

  private MixerReply notify(CallId member, Map<String, String> variables) {
    Optional<EslCommand> command =
        leg(member)
            .flatMap(leg -> leg.variable("sip_contact_uri"))
            .or(() -> adopted.variable(member, "sip_contact_uri"))
            .flatMap(contact -> sipNotify.command(contact, variables));
    if (command.isEmpty()) {
      return new MixerReply.NotThere();
    }
    try {
      client.send(command.get());
      return new MixerReply.Done();
    } catch (EslException e) {
      LOG.warn("call {}: cannot send variables to the telephone", member, e);
      return new MixerReply.Unknown("no answer");
    }
  }

  @Override
  public String focus(RoomId room) {
    return hostname;
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }

  // ---- dialled legs, and bridges to other switches

  @Override
  public DialReply dial(CallId leg, DialOrder order) {
    return dialler.dial(leg, order);
  }

  @Override
  public void cancel(CallId leg) {
    dialler.cancel(leg);
  }

  @Override
  public boolean has(CallId leg) {
    return trunk.has(leg) || adopted.has(leg);
  }

  @Override
  public void bridge(CallId call, RoomId room, Bridge bridge) {
    trunk.bridge(call, room, bridge);
  }

  @Override
  public void bridged(CallId call, RoomSignal.Entered entered) {
    trunk.bridged(call, entered);
  }

  @Override
  public void expect(String token, Consumer<Leg> arrived) {
    trunk.expect(token, arrived);
  }

  // ---- the control connection

  @Override
  public void connected(EslPeer peer) {
    LOG.info("now controlling the rooms of {} ({})", peer.hostname(), peer.version());
    since = time.now();
    hostname = peer.hostname();
    coreUuid = peer.coreUuid();
    exitSounds.connected(this::isHere);
    // Publish this on the first connection, too: an earlier process may have left rooms running.
    publish(new MixerEvent.LinkRestored());
    if (positions.isPresent()) {
      time.start("take-back", () -> takeBack(peer.coreUuid()));
    }
  }

  @Override
  public void lost(EslException cause) {
    since = time.now();
    if (closing) {
      LOG.info("no longer controlling the rooms of {}", hostname);
    } else {
      LOG.warn(
          "the control connection is lost; rooms cannot be controlled: {}", cause.getMessage());
    }
    publish(new MixerEvent.LinkLost());
  }

  @Override
  public void restarted(EslPeer peer) {
    LOG.warn("FreeSWITCH has restarted; its rooms no longer exist");
    adopted.endAll();
    publish(new MixerEvent.Restarted());
  }

  @Override
  public void event(EslEvent event) {
    adopted.event(event);
    Optional<Media> exitSound = exitSounds.event(event);
    if (event.subclass().equals(RoomEvents.SUBCLASS)) {
      names.room(event).ifPresent(room -> exitSound.ifPresent(sound -> playExit(room, sound)));
      events.read(event).filter(it -> !isExitSound(it)).ifPresent(this::publish);
    }
  }

  /** Returns whether an event is the start of an exit sound, which is not published. */
  private boolean isExitSound(MixerEvent event) {
    return event instanceof MixerEvent.PlayStarted(RoomId room, var instance, String file)
        && exitSounds.started(room, file);
  }

  /** Plays a sound on a new thread, because the events must not wait for the answer. */
  private void playExit(RoomId room, Media sound) {
    time.start(
        "exit-sound-" + room,
        () -> {
          exitSounds.starting(room, sounds.file(sound));
          MixerReply reply = apply(room, new MixerCommand.Play(sound));
          if (!(reply instanceof MixerReply.Done)) {
            exitSounds.started(room, sounds.file(sound));
          }
          if (reply instanceof MixerReply.Refused refused) {
            LOG.warn("room {}: cannot play the exit sound: {}", room, refused);
          }
        });
  }

  private void publish(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
