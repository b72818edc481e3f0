package dev.callflow.engine.restart;

import static java.util.stream.Collectors.toMap;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.journal.Journal;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.freeswitch.restart.PositionKey;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.network.VirtualNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host that can be killed and started again while one simulated FreeSWITCH keeps running. Both
 * run in virtual time. The dialplan retries the host for half a minute, like the one that we ship.
 */
final class RestartedHost implements AutoCloseable {

  static final AccountId ACME = new AccountId("acme");

  private static final PositionKey KEY =
      PositionKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  private static final int PORT = 8084;

  private final VirtualTime time = new VirtualTime();
  private final VirtualNetwork network = new VirtualNetwork(time);
  private final MemoryStore store = new MemoryStore(time).account(ACME, Json.object());
  private final List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final SimulatedFreeSwitch simulated;
  private PositionKey key = KEY;
  private @Nullable Path journal;
  private @Nullable FreeSwitch freeSwitch;
  private @Nullable Conferences conferences;
  private @Nullable CallflowEngine engine;
  private int generation;

  RestartedHost() throws IOException {
    List<String> tries = new ArrayList<>();
    tries.add("socket 127.0.0.1:" + PORT + " async full");
    tries.add("socket 127.0.0.1:" + PORT + " async full");
    for (int i = 0; i < 10; i++) {
      tries.add("playback %[playback_timeout_sec=3]local_stream://moh");
      tries.add("socket 127.0.0.1:" + PORT + " async full");
    }
    simulated =
        SimulatedFreeSwitch.builder()
            .password("secret")
            .delays(1)
            .time(time)
            .network(network)
            .extension("\\d+", tries.toArray(String[]::new))
            .start();
  }

  RestartedHost conference(String id, String json) {
    store.put(ACME, DocumentType.CONFERENCE, id, Json.readObject(json));
    return this;
  }

  RestartedHost callflow(String id, String json) {
    store.put(ACME, DocumentType.CALLFLOW, id, Json.readObject(json));
    return this;
  }

  /** Replaces the position key from the next start on, as if the host had lost its own. */
  RestartedHost key(PositionKey other) {
    key = other;
    return this;
  }

  /** Records the host in a journal from the next start on. */
  RestartedHost journal(Path file) {
    journal = file;
    return this;
  }

  MemoryStore documents() {
    return store;
  }

  private Journal journal() {
    try {
      return journal == null ? Journal.to(time, line -> {}) : Journal.open(journal, time, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RestartedHost start() {
    Journal written = journal();
    FreeSwitch host =
        new FreeSwitch(
            FreeSwitchOptions.builder(
                    new InetSocketAddress("127.0.0.1", PORT), simulated.esl(), "secret")
                .positionKey(key)
                .build(),
            time,
            network.runtime());
    Conferences rooms =
        Conferences.builder(store, written.mixer(host.mixer()), time)
            .observer(
                written.observer((call, outcome) -> outcomes.add(name(call) + " " + outcome.key())))
            .build();
    CallflowEngine calls =
        CallflowEngine.builder(store, time)
            .modules(rooms.modules())
            .legs(written::leg)
            .defaultAccount(ACME)
            .build();
    rooms.onEvent(event -> {
      if (event instanceof ConferenceEvent.CallerRefused denied) {
        refused.add(denied.call().value());
      }
    });
    generation++;
    freeSwitch = host;
    conferences = rooms;
    engine = calls;
    time.start("host", () -> host.start(calls));
    return pass(2);
  }

  /** Ends the host's connections and tasks, as killing its process would; clears the outcomes. */
  RestartedHost kill() {
    FreeSwitch host = require(freeSwitch);
    generation++;
    time.start("kill", host::close);
    freeSwitch = null;
    conferences = null;
    pass(1);
    outcomes.clear();
    return this;
  }

  /** Returns a number that changes when the host is killed or started. */
  int generation() {
    return generation;
  }

  RestartedHost restart() {
    return kill().start();
  }

  RestartedHost pass(long seconds) {
    return passMillis(seconds * 1_000);
  }

  RestartedHost passMillis(long millis) {
    try {
      time.run(time.elapsed().plusMillis(millis));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  // ---- callers

  SimulatedCaller call(String from, String to) {
    SimulatedCaller caller = simulated.call(from, from, to);
    pass(1);
    return caller;
  }

  private String name(CallId call) {
    return simulated
        .model()
        .channel(call.value())
        .map(channel -> channel.callerNumber())
        .orElse("?");
  }

  /**
   * Returns the outcomes since the last kill, in order. Each consists of the caller number, or
   * {@code ?} if the channel has ended, and the name of the outcome.
   */
  List<String> outcomes() {
    return List.copyOf(outcomes);
  }

  /** Returns whether a conference has refused the caller, or turned them away while they waited. */
  boolean isRefused(SimulatedCaller caller) {
    return refused.contains(caller.uuid());
  }

  Optional<String> variable(SimulatedCaller caller, String name) {
    return simulated.model().channel(caller.uuid()).flatMap(it -> it.variable(name));
  }

  /**
   * Connects to the host and claims a call with a position. Returns the commands that the host
   * sends after the handshake, until it disconnects.
   */
  List<String> forge(String uuid, String position) {
    List<String> commands = new ArrayList<>();
    time.start("forger", () -> commands.addAll(Forger.claim(network, calls(), uuid, position)));
    pass(4);
    return commands;
  }

  // ---- rooms

  /** Returns the members of all rooms, by caller number. */
  Map<String, MemberState> members() {
    return simulated.rooms().stream()
        .flatMap(room -> simulated.model().rooms().members(room.name()).stream())
        .collect(toMap(member -> member.channel().callerNumber(), member -> member));
  }

  SimulatedFreeSwitch simulated() {
    return simulated;
  }

  InetSocketAddress calls() {
    return new InetSocketAddress("127.0.0.1", PORT);
  }

  VirtualNetwork network() {
    return network;
  }

  VirtualTime time() {
    return time;
  }

  Conference conference(String id) {
    return require(conferences).conference(ACME, id);
  }

  int live() {
    return require(engine).live();
  }

  ActionResult perform(String conference, ConferenceAction action) {
    return inHost(() -> conference(conference).perform(action));
  }

  /** Runs a task, which may wait, on a thread of the virtual time; returns its result. */
  <T> T inHost(Supplier<T> task) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    time.start("operator", () -> result.set(task.get()));
    pass(10);
    return require(result.get());
  }

  private static <T> T require(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the host is not running, or has not finished the task");
    }
    return value;
  }

  @Override
  public void close() {
    time.close();
  }
}
