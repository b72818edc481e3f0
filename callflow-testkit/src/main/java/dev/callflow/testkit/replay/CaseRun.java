package dev.callflow.testkit.replay;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.BlockedThreadException;
import dev.callflow.simulator.time.EndlessInstantException;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.TaskFailedException;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.FarEnds;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One run of a case. */
final class CaseRun implements FarEnds {

  /** How long a case may take; then whoever is still in a call is a failure. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How long timers are waited for that are still due when all calls have ended. */
  private static final Duration AFTERMATH = Duration.ofMinutes(1);

  /** The variable by which the engine knows a call's account. */
  private static final String ACCOUNT = "callflow_account_id";

  private final CaseFile file;
  private final VirtualTime time;
  private final Facts facts = new Facts();
  private final SimulatedSwitch model;
  private final InProcessSwitch ports;
  private final Callees callees;
  private final Recorder recorder;
  private final Conferences conferences;
  private final CallflowEngine engine;
  private final List<Script> scripts = new ArrayList<>();
  private int pending;
  private Duration lastEnd = Duration.ZERO;

  private CaseRun(CaseFile file, VirtualTime time, Optional<Journal> journal) {
    this.file = file;
    this.time = time;
    model = new SimulatedSwitch(time, settings(file.given()));
    callees = new Callees(file.callees(), file.given().accounts());
    ports = new InProcessSwitch(model, time).farEnds(this);
    recorder =
        new Recorder(
            time::elapsed,
            new Recorder.Words() {
              @Override
              public RoomId room(SimRoomState room) {
                return ports.room(room);
              }

              @Override
              public List<String> media(String file) {
                return List.of(file.split("!"));
              }
            },
            facts);
    model.listen(recorder::happened);
    model.listen(this::happened);
    DocumentStore store = store(file.given());
    Mixer mixer = ports.mixer();
    conferences =
        Conferences.builder(store, journal.map(it -> it.mixer(mixer)).orElse(mixer), time)
            .observer(journal.map(it -> it.observer(recorder)).orElse(recorder))
            .media(file.given().mayPlay())
            .random(new Random(1))
            .build();
    conferences.subscribe(recorder::published);
    CallflowEngine.Builder builder =
        CallflowEngine.builder(store, time)
            .media(file.given().mayPlay())
            .modules(conferences.modules())
            .observer(recorder);
    journal.ifPresent(it -> builder.legs(it::leg));
    engine = builder.build();
  }

  static CaseResult of(CaseFile file, Supplier<List<String>> logLines) throws InterruptedException {
    return of(file, logLines, time -> Optional.empty());
  }

  /** Compares before whoever is left in a call is interrupted. */
  static CaseResult of(
      CaseFile file,
      Supplier<List<String>> logLines,
      Function<TimeSource, Optional<Journal>> journal)
      throws InterruptedException {
    VirtualTime time = new VirtualTime();
    CaseRun run = new CaseRun(file, time, journal.apply(time));
    run.schedule();
    boolean stuck = run.run();
    run.facts.logLines.addAll(logLines.get());
    CaseResult result = Checks.compare(file, run.facts);
    if (!stuck) {
      time.close();
    }
    return result;
  }

  /** Ids without dashes, so that no part of them can be taken for a word, as a PIN is. */
  private static SwitchSettings settings(CaseFile.Given given) {
    Random random = new Random(1);
    return new SwitchSettings(
        "replay",
        () -> "%016x%016x".formatted(random.nextLong(), random.nextLong()),
        new CaseMedia(given.media(), given.faults().missingMedia()),
        given.faults().refusesJoins());
  }

  static DocumentStore store(CaseFile.Given given) {
    MemoryStore store = new MemoryStore().system(given.system());
    for (AccountDocuments account : given.accounts()) {
      store.account(account.id(), account.body());
      account.documents().forEach(it -> store.put(account.id(), it.type(), it.id(), it.body()));
    }
    return given.faults().storeDown() ? new StoreDown(store) : store;
  }

  private void schedule() {
    for (Caller caller : file.calls()) {
      facts.names.put(caller.id(), caller.name());
      plan(caller.at(), Phase.CALLS, caller.name() + " calls", () -> arrive(caller));
    }
    for (Operation operation : file.control()) {
      plan(operation.at(), Phase.OPERATORS, operation.place(), () -> operate(operation));
    }
    for (Expectation.Snapshot snapshot : file.expectation().snapshots()) {
      plan(
          snapshot.at(),
          Phase.SNAPSHOTS,
          "look at " + snapshot.room(),
          () -> facts.views.put(snapshot, conferences.view(snapshot.room())));
    }
  }

  private void plan(Duration at, Phase phase, String name, Runnable action) {
    pending++;
    time.at(
        at,
        phase,
        name,
        () -> {
          action.run();
          pending--;
        });
  }

  /** Returns whether threads are stuck and cannot be ended. */
  private boolean run() throws InterruptedException {
    boolean stuck = false;
    try {
      boolean over = time.run(LONGEST, this::over);
      for (ChannelState channel : model.channels()) {
        facts.failures.add(
            "%s has not ended %s"
                .formatted(
                    facts.name(new CallId(channel.uuid())),
                    over ? "though nothing is left to happen" : "after one hour"));
      }
      if (pending > 0) {
        facts.failures.add(pending + " calls, operators or snapshots were later than one hour");
      }
    } catch (TaskFailedException e) {
      facts.failures.add(String.valueOf(e.getMessage()));
    } catch (BlockedThreadException | EndlessInstantException e) {
      facts.failures.add(String.valueOf(e.getMessage()));
      stuck = true;
    }
    scripts.forEach(script -> script.unfinished().ifPresent(facts.unfinished::add));
    return stuck;
  }

  private boolean over() {
    return pending == 0
        && model.channels().isEmpty()
        && (time.timers() == 0 || time.elapsed().compareTo(lastEnd.plus(AFTERMATH)) > 0);
  }

  private void arrive(Caller caller) {
    CallId id = caller.id();
    Map<String, String> variables = new HashMap<>(caller.variables());
    variables.putIfAbsent(ACCOUNT, caller.account().value());
    Script script = new Script(caller.name(), id, EndedBy.CALLER, caller.does(), model, time);
    scripts.add(script);
    recorder.follow(id, script);
    model.arrive(
        new NewChannel(
            id.value(),
            caller.from(),
            caller.callerName(),
            caller.to(),
            realm(caller).orElse(""),
            variables));
    script.start();
    engine.take(
        ports.leg(id),
        new IncomingCall(
            caller.to(), caller.from(), caller.callerName(), realm(caller), variables));
  }

  /** A dialled leg's name is its endpoint. */
  @Override
  public FarEnd at(CallId leg, DialTarget target) {
    Optional<Callee> found = callees.find(target);
    if (found.isEmpty()) {
      return new FarEnd.Refuses(HangupCause.of("NO_ROUTE_DESTINATION"));
    }
    Callee callee = found.get();
    facts.names.put(leg, callee.endpoint());
    Script script = new Script(callee.endpoint(), leg, EndedBy.CALLEE, callee.does(), model, time);
    scripts.add(script);
    recorder.follow(leg, script);
    script.start();
    return callee.farEnd();
  }

  /** A number runs through the account's callflow as a new call from inside. */
  @Override
  public void inside(CallId leg, CallId inside, DialOrder order, String number) {
    facts.names.put(leg, number);
    facts.names.put(inside, number + "/in");
    Map<String, String> variables = order.variables();
    model.arrive(
        new NewChannel(
            inside.value(), order.callerNumber(), order.callerName(), number, "", variables));
    engine.take(
        ports.leg(inside),
        new IncomingCall(
            number, order.callerNumber(), order.callerName(), Optional.empty(), variables));
  }

  private Optional<String> realm(Caller caller) {
    return realm(file, caller);
  }

  static Optional<String> realm(CaseFile file, Caller caller) {
    return file.given().accounts().stream()
        .filter(account -> account.id().equals(caller.account()))
        .map(account -> account.body().path("realm"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .findFirst();
  }

  private void happened(SwitchEvent event) {
    switch (event) {
      case SwitchEvent.Gone gone -> lastEnd = time.elapsed();
      case SwitchEvent.Transferred(ChannelState channel, String number) -> again(channel, number);
      case SwitchEvent.OfChannel other -> {}
      case SwitchEvent.OfRoom other -> {}
    }
  }

  /** A transferred caller runs through the callflow of the number as if he had dialled it. */
  private void again(ChannelState channel, String number) {
    engine.take(
        ports.leg(new CallId(channel.uuid())),
        new IncomingCall(
            number,
            channel.callerNumber(),
            channel.callerName(),
            Optional.of(channel.domain()).filter(domain -> !domain.isEmpty()),
            channel.variables()));
  }

  private void operate(Operation operation) {
    facts.replies.put(operation, conferences.control(request(operation, facts)));
  }

  static ControlRequest request(Operation operation, Facts facts) {
    ControlRequest.Target target =
        switch (operation.whom()) {
          case Operation.Whom.Conference() -> new ControlRequest.Target.Conference();
          case Operation.Whom.Everybody() -> new ControlRequest.Target.Participants();
          case Operation.Whom.One(String name) ->
              new ControlRequest.Target.Participant(id(name, facts));
        };
    return new ControlRequest(operation.room(), target, operation.action(), data(operation, facts));
  }

  /** A dialled leg has its id from the switch; the last of that name is meant. */
  private static String id(String name, Facts facts) {
    List<CallId> all = facts.names.calls(name);
    return all.isEmpty() ? name : all.getLast().value();
  }

  /** A call's name stands for its id. */
  private static ObjectNode data(Operation operation, Facts facts) {
    ObjectNode data = operation.data().deepCopy();
    for (String key : List.of("participant_id", "other_participant", "target_call_id", "call_id")) {
      if (data.path(key).isString()) {
        data.put(key, id(data.path(key).stringValue(), facts));
      }
    }
    return data;
  }
}
