package dev.callflow.testkit.replay.wire;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.network.VirtualNetwork;
import dev.callflow.testkit.replay.result.CaseResult;
import dev.callflow.testkit.replay.run.CaseSetup;
import dev.callflow.testkit.replay.run.Checks;
import dev.callflow.testkit.replay.run.Facts;
import dev.callflow.testkit.replay.run.Recorder;
import dev.callflow.testkit.replay.run.Script;
import dev.callflow.testkit.replay.run.Timetable;
import dev.callflow.testkit.replay.script.Callees;
import dev.callflow.testkit.replay.script.CaseScript;
import dev.callflow.testkit.replay.script.ScriptedCallee;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
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
 * One run of a case over the event socket of a simulated FreeSWITCH, in virtual time and over
 * in-memory connections.
 */
public final class WireRun {

  private static final String PASSWORD = "wire";

  private static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(1);

  private final CaseScript file;
  private final VirtualTime time = new VirtualTime();
  private final Facts facts = new Facts();
  private final WireWords words;
  private final Callees callees;
  private final SimulatedFreeSwitch switchSide;
  private final FreeSwitch engineSide;
  private final Recorder recorder;
  private final Conferences conferences;
  private final CallflowEngine engine;
  private final Timetable timetable;
  private final Set<CallId> running = new HashSet<>();

  private WireRun(CaseScript file, List<CallflowModule> modules) throws IOException {
    this.file = file;
    timetable = new Timetable(file, time, facts);
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
    SimulatedSwitch model = switchSide.model();
    model.listen(SwitchEvent.MemberAdded.class, it -> words.joins(it.room(), it.member()));
    model.listen(SwitchEvent.Arrived.class, it -> nameDialledHalf(it.channel()));
    model.listen(SwitchEvent.Gone.class, it -> timetable.ended());
    recorder.listen(model);
    DocumentStore store = CaseSetup.store(file.given());
    Limits limits = Limits.of(store, time, AccountLimits.standard());
    conferences =
        Conferences.builder(store, engineSide.mixer(), time)
            .observer(recorder)
            .limits(limits)
            .media(file.given().mayPlay())
            .random(new Random(1))
            .build();
    conferences.onEvent(recorder::published);
    engine =
        CallflowEngine.builder(store, time)
            .limits(limits)
            .media(file.given().mayPlay())
            .modules(conferences.modules())
            .modules(modules)
            .observer(recorder)
            .observer(
                new CallObserver() {
                  @Override
                  public void ended(CallRecord call) {
                    running.remove(call.id());
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

  /** Runs a case. Compares the outcome before the threads of unfinished calls are interrupted. */
  public static CaseResult of(
      CaseScript file, List<CallflowModule> modules, Supplier<List<String>> logLines)
      throws IOException, InterruptedException {
    WireRun run = new WireRun(file, modules);
    run.time.start("host", () -> run.timetable.prepare(run::begin));
    boolean stuck = run.timetable.run(run::over, over -> run.noteUnendedCalls());
    run.facts.logLines.addAll(logLines.get());
    CaseResult result = Checks.compare(file, run.facts);
    run.switchSide.close();
    if (!stuck) {
      run.time.close();
    }
    return result;
  }

  /** Connects both sides, which takes no virtual time. */
  private void begin() {
    engineSide.start(engine);
    if (!engineSide.awaitConnected(CONNECT_TIMEOUT)) {
      throw new IllegalStateException("the simulated FreeSWITCH did not answer");
    }
    switchSide.handCallsTo(engineSide.calls());
    file.calls().forEach(caller -> running.add(caller.id()));
    timetable.schedule(conferences, this::arrive);
  }

  /**
   * Names one of the two halves of a call to a number: the room's leg, or the call that runs a
   * callflow.
   */
  private void nameDialledHalf(ChannelState channel) {
    if (DialTarget.isNumber(channel.destination())
        && channel.variable("callflow_dialled").isPresent()) {
      boolean far = channel.variable("loopback_leg").isPresent();
      facts.names.put(new CallId(channel.uuid()), channel.destination() + (far ? "/in" : ""));
    }
  }

  /** Starts the script of a dialled party, whose leg is named after the endpoint. */
  private FarEnd farEnd(String uuid, String target) {
    Optional<ScriptedCallee> found = callees.find(target(target));
    if (found.isEmpty()) {
      return new FarEnd.Refuses(HangupCause.of("NO_ROUTE_DESTINATION"));
    }
    ScriptedCallee callee = found.get();
    CallId leg = new CallId(uuid);
    facts.names.put(leg, callee.endpoint());
    Script script = Script.of(callee, leg, switchSide.model(), time);
    timetable.follow(script);
    recorder.follow(leg, script);
    script.start();
    return callee.farEnd();
  }

  /** Parses an endpoint that the FreeSWITCH adapter made from a dial target. */
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

  private void arrive(ScriptedCaller caller) {
    CallId id = caller.id();
    Map<String, String> variables = CaseSetup.variables(caller);
    Script script = Script.of(caller, switchSide.model(), time);
    timetable.follow(script);
    recorder.follow(id, script);
    switchSide.place(
        new NewChannel(
            id.value(),
            caller.from(),
            caller.callerName(),
            caller.to(),
            CaseSetup.realm(file, caller).orElse(""),
            variables));
    script.start();
  }

  private void noteUnendedCalls() {
    running.forEach(
        call -> facts.failures.add(facts.name(call) + " has not ended after " + time.elapsed()));
  }

  private boolean over() {
    return timetable.nothingPends()
        && running.isEmpty()
        && switchSide.model().channels().isEmpty()
        && timetable.isAfterwards();
  }
}
