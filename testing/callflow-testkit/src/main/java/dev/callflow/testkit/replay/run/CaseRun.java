package dev.callflow.testkit.replay.run;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.journal.Journal;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.FarEnds;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import dev.callflow.testkit.replay.result.CaseResult;
import dev.callflow.testkit.replay.script.Callees;
import dev.callflow.testkit.replay.script.CaseMedia;
import dev.callflow.testkit.replay.script.CaseScript;
import dev.callflow.testkit.replay.script.ScriptedCallee;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** One run of a case in this process, without an event socket. */
public final class CaseRun implements FarEnds {

  private final CaseScript file;
  private final VirtualTime time;
  private final Facts facts = new Facts();
  private final SimulatedSwitch model;
  private final InProcessSwitch ports;
  private final Callees callees;
  private final Recorder recorder;
  private final Conferences conferences;
  private final CallflowEngine engine;
  private final Timetable timetable;

  private CaseRun(
      CaseScript file, List<CallflowModule> modules, VirtualTime time, Optional<Journal> journal) {
    this.file = file;
    this.time = time;
    timetable = new Timetable(file, time, facts);
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
    recorder.listen(model);
    model.listen(SwitchEvent.Gone.class, gone -> timetable.ended());
    model.listen(SwitchEvent.Transferred.class, it -> transferred(it.channel(), it.number()));
    DocumentStore store = CaseSetup.store(file.given());
    Mixer mixer = ports.mixer();
    Limits limits = Limits.of(store, time, AccountLimits.standard());
    conferences =
        Conferences.builder(store, journal.map(it -> it.mixer(mixer)).orElse(mixer), time)
            .observer(journal.map(it -> it.observer(recorder)).orElse(recorder))
            .limits(limits)
            .media(file.given().mayPlay())
            .random(new Random(1))
            .build();
    conferences.onEvent(recorder::published);
    CallflowEngine.Builder builder =
        CallflowEngine.builder(store, time)
            .limits(limits)
            .media(file.given().mayPlay())
            .modules(conferences.modules())
            .modules(modules)
            .observer(recorder);
    journal.ifPresent(it -> builder.legs(it::leg));
    engine = builder.build();
  }

  public static CaseResult of(
      CaseScript file, List<CallflowModule> modules, Supplier<List<String>> logLines)
      throws InterruptedException {
    return of(file, modules, logLines, time -> Optional.empty());
  }

  /** Runs a case. Compares the outcome before the threads of unfinished calls are interrupted. */
  public static CaseResult of(
      CaseScript file,
      List<CallflowModule> modules,
      Supplier<List<String>> logLines,
      Function<TimeSource, Optional<Journal>> journal)
      throws InterruptedException {
    VirtualTime time = new VirtualTime();
    CaseRun run = new CaseRun(file, modules, time, journal.apply(time));
    run.timetable.schedule(run.conferences, run::arrive);
    boolean stuck = run.timetable.run(run::over, run::noteUnendedCalls);
    run.facts.logLines.addAll(logLines.get());
    CaseResult result = Checks.compare(file, run.facts);
    if (!stuck) {
      time.close();
    }
    return result;
  }

  /** Uses ids without dashes, so that no part of an id can be mistaken for a PIN. */
  private static SwitchSettings settings(CaseScript.Given given) {
    Random random = new Random(1);
    return new SwitchSettings(
        "replay",
        () -> String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong()),
        new CaseMedia(given.media(), given.faults().missingMedia()),
        given.faults().refusesJoins());
  }

  private boolean over() {
    return timetable.nothingPends()
        && model.channels().isEmpty()
        && (time.timers() == 0 || timetable.isAfterwards());
  }

  private void noteUnendedCalls(boolean over) {
    for (ChannelState channel : model.channels()) {
      facts.failures.add(
          "%s has not ended %s"
              .formatted(
                  facts.name(new CallId(channel.uuid())),
                  over ? "although no more events are scheduled" : "after one hour"));
    }
  }

  private void arrive(ScriptedCaller caller) {
    CallId id = caller.id();
    Map<String, String> variables = CaseSetup.variables(caller);
    Optional<String> realm = CaseSetup.realm(file, caller);
    Script script = Script.of(caller, model, time);
    timetable.follow(script);
    recorder.follow(id, script);
    model.arrive(
        new NewChannel(
            id.value(),
            caller.from(),
            caller.callerName(),
            caller.to(),
            realm.orElse(""),
            variables));
    script.start();
    engine.take(
        ports.leg(id),
        new IncomingCall(caller.to(), caller.from(), caller.callerName(), realm, variables));
  }

  /** Starts the script of a dialled party, whose leg is named after the endpoint. */
  @Override
  public FarEnd at(CallId leg, DialTarget target) {
    Optional<ScriptedCallee> found = callees.find(target);
    if (found.isEmpty()) {
      return new FarEnd.Refuses(HangupCause.of("NO_ROUTE_DESTINATION"));
    }
    ScriptedCallee callee = found.get();
    facts.names.put(leg, callee.endpoint());
    Script script = Script.of(callee, leg, model, time);
    timetable.follow(script);
    recorder.follow(leg, script);
    script.start();
    return callee.farEnd();
  }

  /** Runs the account's callflow for a dialled number as a new internal call. */
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

  /** Runs the callflow of the number for a transferred caller, as if they had dialled it. */
  private void transferred(ChannelState channel, String number) {
    engine.take(
        ports.leg(new CallId(channel.uuid())),
        new IncomingCall(
            number,
            channel.callerNumber(),
            channel.callerName(),
            Optional.of(channel.domain()).filter(domain -> !domain.isEmpty()),
            channel.variables()));
  }
}
