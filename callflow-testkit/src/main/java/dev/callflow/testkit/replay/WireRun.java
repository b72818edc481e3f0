package dev.callflow.testkit.replay;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.room.DialTarget;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.testkit.ScaledTime;
import dev.callflow.testkit.model.ChannelState;
import dev.callflow.testkit.model.FarEnd;
import dev.callflow.testkit.model.NewChannel;
import dev.callflow.testkit.model.SwitchEvent;
import dev.callflow.testkit.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of a case over the event socket of a simulated FreeSWITCH, in scaled time. */
final class WireRun implements AutoCloseable {

  private static final String PASSWORD = "wire";

  /** How long a case may take, in real time: whoever is then still in a call waits in vain. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  /** What an instant may take over sockets, in the case's time; what follows it waits so long. */
  private static final Duration LATENCY = Duration.ofMillis(300);

  /** What a busy machine may need for what takes no time, in real time. */
  private static final Duration LOAD = Duration.ofMillis(250);

  /** What may still be on its way when the last call has ended, in real time. */
  private static final Duration AFTERMATH = Duration.ofMillis(150);

  private final CaseFile file;
  private final double factor;
  private final ScaledTime time;
  private final Facts facts = new Facts();
  private final WireWords words;
  private final Callees callees;
  private final SimulatedFreeSwitch switchSide;
  private final FreeSwitch engineSide;
  private final Recorder recorder;
  private final Conferences conferences;
  private final List<Script> scripts = new CopyOnWriteArrayList<>();
  private final Set<CallId> running = ConcurrentHashMap.newKeySet();
  private final CountDownLatch pending;

  private WireRun(CaseFile file, double factor) throws IOException {
    this.file = file;
    this.factor = factor;
    time = new ScaledTime(factor);
    words = new WireWords(file.given());
    switchSide =
        SimulatedFreeSwitch.builder()
            .password(PASSWORD)
            .time(time)
            .media(words)
            .refusesJoins(file.given().faults().refusesJoins())
            .start();
    FreeSwitchOptions usual =
        FreeSwitchOptions.of(new InetSocketAddress("127.0.0.1", 0), switchSide.esl(), PASSWORD);
    engineSide =
        new FreeSwitch(
            new FreeSwitchOptions(
                usual.calls(),
                usual.control(),
                usual.password(),
                usual.profile(),
                WireWords.HOLD_MUSIC,
                "/recordings",
                usual.prompts(),
                usual.soundPrefixes(),
                usual.sipProfile(),
                usual.dialContext(),
                usual.controlTimeout()),
            time);
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
    engineSide.start(
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
            .build());
    switchSide.handCallsTo(engineSide.calls());
    pending =
        new CountDownLatch(
            file.calls().size() + file.control().size() + file.expectation().snapshots().size());
  }

  static CaseResult of(CaseFile file, double factor, Supplier<List<String>> logLines)
      throws IOException, InterruptedException {
    try (WireRun run = new WireRun(file, factor)) {
      if (!run.engineSide.awaitConnected(Duration.ofSeconds(10))) {
        throw new IOException("the simulated FreeSWITCH does not answer");
      }
      run.schedule();
      run.await();
      run.facts.logLines.addAll(logLines.get());
      run.scripts.forEach(script -> script.unfinished().ifPresent(run.facts.unfinished::add));
      return Checks.compare(file, run.facts, run.tolerance());
    }
  }

  /** Some of the machine's own time, which is {@code factor} times as much here. */
  private Duration tolerance() {
    return Checks.TOLERANCE.plus(Duration.ofNanos((long) (LOAD.toNanos() * factor)));
  }

  private void happened(SwitchEvent event) {
    switch (event) {
      case SwitchEvent.MemberAdded(var room, var member) -> words.joins(room, member);
      case SwitchEvent.Arrived(var channel) -> nameHalf(channel);
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
    }
    Duration start = time.elapsed();
    for (Caller caller : file.calls()) {
      plan(start.plus(caller.at()), caller.name() + " calls", () -> arrive(caller));
    }
    for (Operation operation : file.control()) {
      plan(
          start.plus(operation.at()).plus(LATENCY),
          operation.place(),
          () ->
              facts.replies.put(operation, conferences.control(CaseRun.request(operation, facts))));
    }
    for (Expectation.Snapshot snapshot : file.expectation().snapshots()) {
      plan(
          start.plus(snapshot.at()).plus(LATENCY).plus(LATENCY),
          "look at " + snapshot.room(),
          () -> facts.views.put(snapshot, conferences.view(snapshot.room())));
    }
  }

  private void plan(Duration at, String name, Runnable action) {
    time.after(
        at.minus(time.elapsed()),
        name,
        () -> {
          try {
            action.run();
          } finally {
            pending.countDown();
          }
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

  private void await() throws InterruptedException {
    Duration latest = time.elapsed().plus(Duration.ofNanos((long) (LONGEST.toNanos() * factor)));
    boolean inTime = pending.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    while (inTime && !(running.isEmpty() && switchSide.model().channels().isEmpty())) {
      inTime = time.elapsed().compareTo(latest) < 0;
      switchSide.await(Duration.ofMillis(5));
    }
    if (!inTime) {
      running.forEach(call -> facts.failures.add(facts.name(call) + " has not ended in time"));
    }
    switchSide.await(AFTERMATH);
  }

  @Override
  public void close() {
    engineSide.close(Duration.ofMillis(100));
    switchSide.close();
  }
}
