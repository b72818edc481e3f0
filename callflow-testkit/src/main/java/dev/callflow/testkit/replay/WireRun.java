package dev.callflow.testkit.replay;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.time.BlockedThreadException;
import dev.callflow.simulator.time.EndlessInstantException;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.TaskFailedException;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.network.VirtualNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a case over the event socket of a simulated FreeSWITCH: both in virtual time, over
 * connections in memory.
 */
final class WireRun {

  private static final String PASSWORD = "wire";

  /** How long a case may take; then whoever is still in a call is a failure. */
  private static final Duration MAX_LENGTH = Duration.ofHours(1);

  /** How long timers are waited for that are still due when all calls have ended. */
  private static final Duration AFTERMATH = Duration.ofMinutes(1);

  private static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(1);

  private final CaseFile file;
  private final VirtualTime time = new VirtualTime();
  private final Facts facts = new Facts();
  private final WireWords words;
  private final Callees callees;
  private final SimulatedFreeSwitch switchSide;
  private final FreeSwitch engineSide;
  private final Recorder recorder;
  private final Conferences conferences;
  private final CallflowEngine engine;
  private final List<Script> scripts = new ArrayList<>();
  private final Set<CallId> running = new HashSet<>();
  private int pending;
  private Duration lastEnd = Duration.ZERO;

  private WireRun(CaseFile file) throws IOException {
    this.file = file;
    VirtualNetwork network = new VirtualNetwork(time);
    words = new WireWords(file.given());
    switchSide =
        SimulatedFreeSwitch.builder()
            .password(PASSWORD)
            .time(time)
            .network(network)
            .media(words)
            .refusesJoins(file.given().faults().refusesJoins())
            .start();
    engineSide = new FreeSwitch(options(switchSide.esl()), time, network.runtime());
    recorder = new Recorder(time::elapsed, words, facts);
    switchSide.callees(this::farEnd);
    callees = new Callees(file.callees(), file.given().accounts());
    switchSide.model().listen(this::happened);
    DocumentStore store = CaseRun.store(file.given());
    conferences =
        Conferences.builder(store, engineSide.mixer(), time)
            .observer(recorder)
            .media(file.given().mayPlay())
            .random(new Random(1))
            .build();
    conferences.subscribe(recorder::published);
    engine =
        CallflowEngine.builder(store, time)
            .media(file.given().mayPlay())
            .modules(conferences.modules())
            .observer(recorder)
            .observer(
                new CallObserver() {
                  @Override
                  public void ended(CallId call, EndedBy by, HangupCause cause) {
                    running.remove(call);
                  }
                })
            .build();
  }

  private static FreeSwitchOptions options(InetSocketAddress control) {
    return FreeSwitchOptions.builder(new InetSocketAddress("127.0.0.1", 0), control, PASSWORD)
        .holdMusic(WireWords.HOLD_MUSIC)
        .recordings("/recordings")
        .build();
  }

  /** Compares before whoever is left in a call is interrupted. */
  static CaseResult of(CaseFile file, Supplier<List<String>> logLines)
      throws IOException, InterruptedException {
    WireRun run = new WireRun(file);
    run.time.start("host", run::begin);
    boolean stuck = run.run();
    run.facts.logLines.addAll(logLines.get());
    CaseResult result = Checks.compare(file, run.facts);
    run.switchSide.close();
    if (!stuck) {
      run.time.close();
    }
    return result;
  }

  /** Connects both sides, which takes no time. */
  private void begin() {
    pending++;
    engineSide.start(engine);
    if (!engineSide.awaitConnected(CONNECT_TIMEOUT)) {
      throw new IllegalStateException("the simulated FreeSWITCH does not answer");
    }
    switchSide.handCallsTo(engineSide.calls());
    schedule();
    pending--;
  }

  private void happened(SwitchEvent event) {
    switch (event) {
      case SwitchEvent.MemberAdded(var room, var member) -> words.joins(room, member);
      case SwitchEvent.Arrived(var channel) -> nameHalf(channel);
      case SwitchEvent.Gone gone -> lastEnd = time.elapsed();
      case SwitchEvent.OfChannel other -> {}
      case SwitchEvent.OfRoom other -> {}
    }
    recorder.happened(event);
  }

  /** A number is called by two halves: the room has one, and the other runs through a callflow. */
  private void nameHalf(ChannelState channel) {
    if (DialTarget.isNumber(channel.destination())
        && channel.variable("callflow_dialled").isPresent()) {
      boolean far = channel.variable("loopback_leg").isPresent();
      facts.names.put(new CallId(channel.uuid()), channel.destination() + (far ? "/in" : ""));
    }
  }

  /** A dialled leg's name is its endpoint. */
  private FarEnd farEnd(String uuid, String target) {
    Optional<Callee> found = callees.find(target(target));
    if (found.isEmpty()) {
      return new FarEnd.Refuses(HangupCause.of("NO_ROUTE_DESTINATION"));
    }
    Callee callee = found.get();
    CallId leg = new CallId(uuid);
    facts.names.put(leg, callee.endpoint());
    Script script =
        new Script(callee.endpoint(), leg, EndedBy.CALLEE, callee.does(), switchSide.model(), time);
    scripts.add(script);
    recorder.follow(leg, script);
    script.start();
    return callee.farEnd();
  }

  /** Reads back what the adapter has made of a target. */
  private static DialTarget target(String text) {
    Matcher address = Pattern.compile("(sips?):([^@]+)@([^:]+)(?::(\\d+))?").matcher(text);
    if (address.matches()) {
      return new DialTarget.Address(
          address.group(2),
          address.group(3),
          address.group(4) == null ? 0 : Integer.parseInt(address.group(4)),
          address.group(1).equals("sips"));
    }
    String[] registered = text.split("@", 2);
    return new DialTarget.Registered(registered[0], registered[1]);
  }

  private void schedule() {
    for (Caller caller : file.calls()) {
      facts.names.put(caller.id(), caller.name());
      running.add(caller.id());
      plan(caller.at(), Phase.CALLS, caller.name() + " calls", () -> arrive(caller));
    }
    for (Operation operation : file.control()) {
      plan(
          operation.at(),
          Phase.OPERATORS,
          operation.place(),
          () ->
              facts.replies.put(operation, conferences.control(CaseRun.request(operation, facts))));
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

  private void arrive(Caller caller) {
    CallId id = caller.id();
    Map<String, String> variables = new HashMap<>(caller.variables());
    variables.putIfAbsent("callflow_account_id", caller.account().value());
    Script script =
        new Script(caller.name(), id, EndedBy.CALLER, caller.does(), switchSide.model(), time);
    scripts.add(script);
    recorder.follow(id, script);
    switchSide.place(
        new NewChannel(
            id.value(),
            caller.from(),
            caller.callerName(),
            caller.to(),
            CaseRun.realm(file, caller).orElse(""),
            variables));
    script.start();
  }

  /** Returns whether threads are stuck and cannot be ended. */
  private boolean run() throws InterruptedException {
    boolean stuck = false;
    try {
      time.run(MAX_LENGTH, this::over);
      running.forEach(
          call -> facts.failures.add(facts.name(call) + " has not ended after " + time.elapsed()));
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
        && running.isEmpty()
        && switchSide.model().channels().isEmpty()
        && time.elapsed().compareTo(lastEnd.plus(AFTERMATH)) > 0;
  }
}
