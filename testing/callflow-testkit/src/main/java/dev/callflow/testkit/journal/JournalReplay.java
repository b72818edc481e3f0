package dev.callflow.testkit.journal;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.journal.JournalReader;
import dev.callflow.conference.mixer.AdoptedMember;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.KeptReply;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.mixer.WrappedMixer;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.call.Position;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.FarEnds;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Replays a journal in virtual time on a simulated switch. Callers arrive, press keys and hang up,
 * operators send requests, and dialled parties answer, all at the same times as in the journal. The
 * engine's decisions are compared with those in the journal.
 *
 * <p>A PIN that is masked in the journal is replaced by a PIN of the conference that gives the
 * caller the same role, and a wrong PIN by another wrong one. A journal may end during calls, and
 * in the middle of its last line. The replay ends where lines are missing.
 */
public final class JournalReplay {

  /**
   * How long a member may stay after the time at which they left in the journal. A member who is
   * still in the room then was removed from outside when the journal was written, so the replay
   * removes them too.
   */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Duration SAME_MOMENT = Duration.ofMillis(50);

  /** The time added to the length of media, so that no playback ends before its journal line. */
  private static final Duration SLOWER = Duration.ofSeconds(1);

  /** How long the replay continues after the journal's end, to complete unfinished actions. */
  private static final Duration AFTERMATH = Duration.ofSeconds(5);

  private final List<JsonNode> lines;
  private final PressedKeys keys;
  private final VirtualTime time = new VirtualTime();
  private final SimulatedSwitch model;
  private final InProcessSwitch ports;
  private final Map<CallId, Leg> legs = new HashMap<>();
  private final Map<String, Execution> playing = new HashMap<>();
  private final Decisions now = new Decisions();
  private final Conferences conferences;
  private final CallflowEngine engine;
  private final AsRecorded mixer;

  /** Where calls continue that began under an earlier process, by the place of their arrival. */
  private final Map<Integer, Position> continues = new HashMap<>();

  /** The places at which the legs of adopted members come back. */
  private final Set<Integer> comesBack = new HashSet<>();

  private JournalReplay(
      List<JsonNode> lines,
      DocumentStore documents,
      Optional<AccountId> defaultAccount,
      MediaGuard media,
      AccountLimits standard,
      List<CallflowModule> modules) {
    this.lines = lines;
    keys = PressedKeys.of(lines, documents, defaultAccount);
    model = new SimulatedSwitch(time, SwitchSettings.seeded(1, media()));
    model.listen(SwitchEvent.ExecutionStarted.class, this::started);
    model.listen(SwitchEvent.ExecutionEnded.class, this::ended);
    ports = new InProcessSwitch(model, time).farEnds(new AsWritten());
    Journal journal = Journal.to(time, line -> now.add(Json.read(line)));
    mixer = new AsRecorded(ports.mixer());
    // Calls of the engine and rooms of the conferences count against the same limits.
    Limits limits = Limits.of(documents, time, standard);
    conferences =
        Conferences.builder(documents, journal.mixer(mixer), time)
            .observer(journal.observer((call, outcome) -> {}))
            .media(media)
            .limits(limits)
            .random(new Random(1))
            .build();
    CallflowEngine.Builder builder =
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .modules(modules)
            .media(media)
            .limits(limits)
            .legs(journal::leg);
    defaultAccount.ifPresent(builder::defaultAccount);
    engine = builder.build();
  }

  /**
   * The result of a replay.
   *
   * @param calls the number of incoming calls
   * @param decisions the number of equal decisions, counting each call up to its first difference
   * @param difference a description of the earliest decision that differs; empty if there is none
   * @param gap a description of the lines that are missing from the journal; empty if there are
   *     none. The replay ends at the first gap, because nobody knows what happened in it
   */
  public record Result(
      int calls, int decisions, Optional<String> difference, Optional<String> gap) {}

  /**
   * Replays a journal of a host with the default media settings. Blocks until the replay is over.
   *
   * @param journal the journal file
   * @param documents the accounts, callflows and conferences
   * @param defaultAccount the account of calls that belong to no other account
   * @return the result
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file is not a journal; the message contains the line
   *     number
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Result run(
      Path journal, DocumentStore documents, Optional<AccountId> defaultAccount)
      throws IOException, InterruptedException {
    return run(journal, documents, defaultAccount, MediaGuard.standard());
  }

  /**
   * Replays a journal. Blocks until the replay is over.
   *
   * @param journal the journal file
   * @param documents the accounts, callflows and conferences
   * @param defaultAccount the account of calls that belong to no other account
   * @param media decides which media an account may play
   * @return the result
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file is not a journal; the message contains the line
   *     number
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Result run(
      Path journal, DocumentStore documents, Optional<AccountId> defaultAccount, MediaGuard media)
      throws IOException, InterruptedException {
    return run(journal, documents, defaultAccount, media, AccountLimits.standard());
  }

  /**
   * Replays a journal of a host with limits of its own. Blocks until the replay is over.
   *
   * @param journal the journal file
   * @param documents the accounts, callflows and conferences
   * @param defaultAccount the account of calls that belong to no other account
   * @param media decides which media an account may play
   * @param limits the limits of accounts whose documents have none, as in the recorded host
   * @return the result
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file is not a journal; the message contains the line
   *     number
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Result run(
      Path journal,
      DocumentStore documents,
      Optional<AccountId> defaultAccount,
      MediaGuard media,
      AccountLimits limits)
      throws IOException, InterruptedException {
    return run(journal, documents, defaultAccount, media, limits, List.of());
  }

  /**
   * Replays a journal of a host with elements of its own. Blocks until the replay is over.
   *
   * @param journal the journal file
   * @param documents the accounts, callflows and conferences
   * @param defaultAccount the account of calls that belong to no other account
   * @param media decides which media an account may play
   * @param limits the limits of accounts whose documents have none, as in the recorded host
   * @param modules the elements of the recorded host, in addition to the built-in ones
   * @return the result
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file is not a journal; the message contains the line
   *     number
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Result run(
      Path journal,
      DocumentStore documents,
      Optional<AccountId> defaultAccount,
      MediaGuard media,
      AccountLimits limits,
      List<CallflowModule> modules)
      throws IOException, InterruptedException {
    List<JsonNode> lines = JournalReader.read(journal);
    int complete = 0;
    while (complete < lines.size() && !lines.get(complete).has(JournalReader.MISSING)) {
      complete++;
    }
    Optional<String> gap =
        complete == lines.size()
            ? Optional.empty()
            : Optional.of(gap(lines.get(complete), complete));
    return new JournalReplay(
            lines.subList(0, complete), documents, defaultAccount, media, limits, modules)
        .run(gap);
  }

  private static String gap(JsonNode line, int before) {
    return String.format(
        Locale.ROOT,
        "%d lines are missing after line %d, %.3f s after the start; the replay ends there",
        line.path(JournalReader.MISSING).asLong(),
        before,
        line.path("t").asLong() / 1000.0);
  }

  /** Finds the calls that began under an earlier process. */
  private void findContinuedCalls() {
    Map<String, Integer> arrivals = new HashMap<>();
    Set<String> adopted = new HashSet<>();
    int place = 0;
    for (JsonNode line : lines) {
      String call = line.path("call").asString("");
      switch (in(line)) {
        case "adopted" -> adopted.add(call);
        case "arrives" -> {
          arrivals.put(call, place);
          if (adopted.contains(call)) {
            comesBack.add(place);
          }
        }
        case "continues" ->
            continues.put(arrivals.getOrDefault(call, 0), JournalReader.position(line));
        default -> {}
      }
      place++;
    }
  }

  private Result run(Optional<String> gap) throws InterruptedException {
    findContinuedCalls();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      int place = i;
      if (line.has("in")) {
        time.at(
            when(line, i),
            phase(line),
            "journal line " + (i + 1),
            () -> cameIn(lines.get(place), place));
      }
    }
    talks();
    Duration end = lines.isEmpty() ? Duration.ZERO : at(lines.getLast());
    time.run(end.plus(AFTERMATH), () -> time.timers() == 0 && model.channels().isEmpty());
    Decisions.Difference found = Decisions.of(lines).compare(now, end.toMillis());
    time.close();
    long calls = lines.stream().filter(line -> in(line).equals("arrives")).count();
    return new Result((int) calls, found.same(), found.text(), gap);
  }

  /**
   * Returns when to act on a line. A member who left may still be in the room in the replay, and
   * their leg must not come back before they have left.
   */
  private Duration when(JsonNode line, int place) {
    return in(line).equals("left")
        ? at(line).plus(PATIENCE)
        : comesBack.contains(place) ? at(line).plus(PATIENCE).plus(SAME_MOMENT) : at(line);
  }

  /** Makes callers who are being recorded talk for as long as they did in the journal. */
  private void talks() {
    Map<String, Duration> since = new HashMap<>();
    for (JsonNode line : lines) {
      String call = line.path("call").asString("");
      if (line.path("out").asString("").equals("records")) {
        since.put(call, at(line));
      } else if (in(line).equals("recorded") && line.path("millis").asLong() > 0) {
        Duration length = Duration.ofMillis(line.path("millis").asLong());
        time.at(
            since.getOrDefault(call, at(line)),
            Phase.WORK,
            call + " talks",
            () -> model.talk(call, length));
      }
    }
  }

  private static Phase phase(JsonNode line) {
    return switch (in(line)) {
      case "arrives", "adopted", "kept" -> Phase.CALLS;
      case "asks" -> Phase.OPERATORS;
      // After the operators' requests, because a party answers or fails only after an operator has
      // dialled them.
      case "answers", "fails" -> Phase.SNAPSHOTS;
      default -> Phase.WORK;
    };
  }

  private static Duration at(JsonNode line) {
    return Duration.ofMillis(line.path("t").asLong());
  }

  private static String in(JsonNode line) {
    return line.path("in").asString("");
  }

  private void cameIn(JsonNode line, int place) {
    String call = line.path("call").asString("");
    switch (in(line)) {
      case "arrives" -> arrives(call, line, place);
      case "adopted" -> adopted(call, line);
      case "kept" -> kept(line);
      case "key" -> keys.at(place).chars().forEach(key -> model.press(call, (char) key));
      case "ended" -> {
        if (!line.path("by").asString("").equals("ENGINE")) {
          model.hangUp(
              call,
              EndedBy.valueOf(line.path("by").asString("CALLER")),
              new HangupCause(line.path("cause").asString("NORMAL_CLEARING")));
        }
      }
      case "played" -> played(call, line, place);
      case "left" -> leaves(call, line);
      case "answers" -> model.answer(call);
      case "fails" ->
          model.hangUp(
              call,
              EndedBy.CALLEE,
              new HangupCause(line.path("cause").asString("NORMAL_CLEARING")));
      case "asks" ->
          conferences
              .conference(
                  new AccountId(line.path("account").asString("")),
                  line.path("conference").asString(""))
              .perform(JournalReader.action(line));
      default -> {}
    }
  }

  /**
   * Removes a member who is still in the room. Most members have already left by then, through
   * their own action or the engine's, as in the journal. The others were removed from outside when
   * the journal was written.
   */
  private void leaves(String call, JsonNode line) {
    Instant then = VirtualTime.START.plus(at(line));
    for (SimRoomState room : model.rooms().all()) {
      boolean still =
          ports.room(room).conference().equals(line.path("room").asString(""))
              && model.rooms().members(room.name()).stream()
                  .anyMatch(it -> it.channel().uuid().equals(call) && it.joined().isBefore(then));
      if (still) {
        model.rooms().hup(room.name(), call);
      }
    }
  }

  /** Refuses the join, as the switch did when the journal was written. */
  private void refuse(CallId call, RoomId room) {
    Leg leg = legs.get(call);
    if (leg != null) {
      leg.events().offer(new RoomSignal.Left(room, false));
    }
  }

  /**
   * Ends a playback at the same time and with the same result as in the journal, whether it was
   * ended by a key or by the end of the media. Does nothing if the caller ended the playback by
   * hanging up, because the hangup follows in the journal.
   */
  private void played(String call, JsonNode line, int place) {
    Execution execution = playing.get(call);
    Duration latest = at(line).plus(SAME_MOMENT);
    boolean hangsUp =
        lines.subList(place + 1, lines.size()).stream()
            .takeWhile(it -> at(it).compareTo(latest) <= 0)
            .anyMatch(it -> in(it).equals("ended") && it.path("call").asString("").equals(call));
    if (hangsUp
        || execution == null
        || !execution.data().equals(line.path("medium").asString(""))) {
      return;
    }
    Leg leg = legs.get(new CallId(call));
    if (leg != null) {
      PlayResult result = PlayResult.valueOf(line.path("how").asString("PLAYED"));
      leg.events().offer(new LegEvent.PlaybackEnded(new PlaybackId(execution.id()), result));
    }
    model.stop(call, execution.id());
  }

  private void started(SwitchEvent.ExecutionStarted started) {
    Execution execution = started.execution();
    switch (execution.what()) {
      case Application.Playback playback -> playing.put(started.channel().uuid(), execution);
      case Application.Speak speak -> playing.put(started.channel().uuid(), execution);
      case Application.Answer other -> {}
      case Application.PreAnswer other -> {}
      case Application.Ring other -> {}
      case Application.Collect other -> {}
      case Application.Record other -> {}
      case Application.Sleep other -> {}
      case Application.Assign other -> {}
      case Application.HangUp other -> {}
      case Application.Join other -> {}
      case Application.Transfer other -> {}
      case Application.Park other -> {}
      case Application.Echo other -> {}
      case Application.External other -> {}
    }
  }

  private void ended(SwitchEvent.ExecutionEnded ended) {
    playing.remove(ended.channel().uuid(), ended.execution());
  }

  /** Starts a call. The channel exists already if the caller was transferred. */
  private void arrives(String call, JsonNode line, int place) {
    IncomingCall incoming = incoming(line);
    Leg leg = leg(call, incoming);
    Position position = continues.get(place);
    if (position == null) {
      engine.take(leg, incoming);
    } else {
      engine.resume(leg, incoming, position);
    }
  }

  private static IncomingCall incoming(JsonNode line) {
    Map<String, String> variables = new LinkedHashMap<>();
    line.path("vars")
        .properties()
        .forEach(it -> variables.put(it.getKey(), it.getValue().asString()));
    return new IncomingCall(
        line.path("to").asString(""),
        line.path("from").asString(""),
        line.path("name").asString(""),
        Optional.of(line.path("realm").asString("")).filter(it -> !it.isEmpty()),
        variables);
  }

  private Leg leg(String call, IncomingCall incoming) {
    if (model.channel(call).isEmpty()) {
      model.arrive(
          new NewChannel(
              call,
              incoming.callerNumber(),
              incoming.callerName(),
              incoming.number(),
              incoming.realm().orElse(""),
              incoming.variables()));
    }
    Leg leg = ports.leg(new CallId(call));
    legs.put(leg.id(), leg);
    return leg;
  }

  /** Puts a member into their room and lets the conferences adopt them there. */
  private void adopted(String call, JsonNode line) {
    IncomingCall incoming = incoming(line);
    Leg leg = leg(call, incoming);
    model.answer(call);
    Position position = JournalReader.position(line);
    Set<MemberFlag> flags = new HashSet<>();
    if (position.step().getOrDefault("moderator", "").equals("true")) {
      flags.add(MemberFlag.MODERATOR);
    }
    if (line.path("muted").asBoolean(false)) {
      flags.add(MemberFlag.MUTE);
    }
    if (line.path("deaf").asBoolean(false)) {
      flags.add(MemberFlag.DEAF);
    }
    RoomId room =
        new RoomId(
            new AccountId(line.path("account").asString("")), line.path("conference").asString(""));
    if (mixer.running.add(room)) {
      mixer.unseen.add(room);
    }
    mixer.adoptable.put(leg.id(), new AdoptedMember(leg, incoming, position));
    mixer
        .mixer()
        .enter(
            leg.id(),
            room,
            new JoinOptions(
                flags,
                Optional.empty(),
                Optional.empty(),
                "",
                OptionalInt.empty(),
                JoinOptions.Mixing.MIXER_DEFAULTS));
    time.after(SAME_MOMENT, "adopt", mixer::linkRestored);
  }

  /**
   * Gives a running room the settings that it had, or lets the conferences read those that were
   * kept with a call. The lock comes last, because the members of the room have to enter it.
   */
  private void kept(JsonNode line) {
    if (line.has("call")) {
      mixer.linkRestored();
      return;
    }
    RoomId room = JournalReader.kept(line).room();
    for (MixerCommand command : JournalReader.settings(line)) {
      Duration after =
          command instanceof MixerCommand.Lock
              ? SAME_MOMENT.plus(SAME_MOMENT.dividedBy(2))
              : SAME_MOMENT.dividedBy(2);
      time.after(after, "kept", () -> ports.mixer().apply(room, command));
    }
  }

  /**
   * Neither answers dialled legs nor starts internal calls: the journal has a line for each of
   * these, and the replay acts on those lines.
   */
  private static final class AsWritten implements FarEnds {

    @Override
    public FarEnd at(CallId leg, DialTarget target) {
      return new FarEnd.NeverAnswers();
    }

    @Override
    public void inside(CallId leg, CallId inside, DialOrder order, String number) {}
  }

  /**
   * Gives dialled legs the ids that they have in the journal, and refuses the joins that the switch
   * refused.
   */
  private final class AsRecorded implements WrappedMixer {

    private final Mixer mixer;
    private final Queue<CallId> names = new ArrayDeque<>();
    private final Set<CallId> refused = new HashSet<>();

    /** The refused commands, by room and command: the times at which they were refused. */
    private final Map<String, Queue<Duration>> refusedCommands = new HashMap<>();

    /** What was kept with calls, until the conferences have read it. */
    private final Queue<KeptReply.Kept> kept = new ConcurrentLinkedQueue<>();

    /** The rooms that were running when the host started. */
    private final Set<RoomId> running = ConcurrentHashMap.newKeySet();

    /** Those of them that the host has not adopted yet, so that it does not see their events. */
    private final Set<RoomId> unseen = ConcurrentHashMap.newKeySet();

    private final Map<CallId, AdoptedMember> adoptable = new ConcurrentHashMap<>();
    private final List<Consumer<MixerEvent>> listeners = new CopyOnWriteArrayList<>();

    AsRecorded(Mixer mixer) {
      this.mixer = mixer;
      for (JsonNode line : lines) {
        CallId call = new CallId(line.path("call").asString("-"));
        if (in(line).equals("named")) {
          names.add(call);
        } else if (in(line).equals("left") && !line.path("entered").asBoolean(true)) {
          refused.add(call);
        } else if (in(line).equals("kept") && line.has("call")) {
          kept.add(JournalReader.kept(line));
        } else if (in(line).equals("refused")) {
          refusedCommands
              .computeIfAbsent(key(line), key -> new ConcurrentLinkedQueue<>())
              .add(JournalReplay.at(line));
        }
      }
    }

    @Override
    public Mixer mixer() {
      return mixer;
    }

    @Override
    public void enter(CallId leg, RoomId room, JoinOptions entry) {
      if (refused.contains(leg)) {
        refuse(leg, room);
      } else {
        mixer.enter(leg, room, entry);
      }
    }

    private static String key(JsonNode line) {
      return line.path("room").asString("") + " " + line.path("command").asString("");
    }

    /** Refuses the commands that the switch refused at about this time. */
    @Override
    public MixerReply apply(RoomId room, MixerCommand command) {
      Queue<Duration> times = refusedCommands.get(room + " " + JournalReader.key(command));
      Duration next = times == null ? null : times.peek();
      if (times != null
          && next != null
          && next.minus(time.elapsed()).abs().compareTo(PATIENCE) <= 0) {
        times.remove();
        return new MixerReply.Refused("refused as in the journal");
      }
      return mixer.apply(room, command);
    }

    @Override
    public Optional<AdoptedMember> adopt(CallId member, RoomId room) {
      return Optional.ofNullable(adoptable.remove(member));
    }

    @Override
    public KeptReply kept() {
      List<KeptReply.Kept> all = List.copyOf(kept);
      kept.removeAll(all);
      return new KeptReply.Listed(all);
    }

    @Override
    public void listen(Consumer<MixerEvent> listener) {
      listeners.add(listener);
      mixer.listen(event -> {
        if (!(event instanceof MixerEvent.InRoom inRoom) || !unseen.contains(inRoom.room())) {
          listener.accept(event);
        }
      });
    }

    void linkRestored() {
      unseen.clear();
      listeners.forEach(listener -> listener.accept(new MixerEvent.LinkRestored()));
    }

    @Override
    public CallId newLeg() {
      CallId name = names.poll();
      return name == null ? mixer.newLeg() : name;
    }
  }

  /**
   * Returns the lengths of media, for playbacks whose end is not in the journal: each media item is
   * as long as its longest playback, and media that were always missing do not exist.
   */
  private MediaLibrary media() {
    Map<String, Duration> lengths = new HashMap<>();
    Set<String> missing = new HashSet<>();
    Map<String, Duration> since = new HashMap<>();
    for (JsonNode line : lines) {
      String what = line.path("out").asString("");
      String call = line.path("call").asString("");
      if (what.startsWith("plays ") || what.startsWith("says ")) {
        since.put(call + " " + what.substring(what.indexOf(' ') + 1), at(line));
      }
      String medium = line.path("medium").asString("");
      Duration began = since.get(call + " " + medium);
      if (line.path("how").asString("").equals("MISSING")) {
        missing.add(medium);
      } else if (began != null) {
        Duration length = at(line).minus(began).plus(SLOWER);
        lengths.merge(medium, length, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    missing.removeAll(lengths.keySet());
    return file ->
        missing.contains(file)
            ? Optional.empty()
            : Optional.of(
                lengths.getOrDefault(
                    file,
                    file.startsWith("hold_music") || file.startsWith("local_stream")
                        ? MediaLibrary.ENDLESS
                        : Duration.ofMinutes(1)));
  }
}
