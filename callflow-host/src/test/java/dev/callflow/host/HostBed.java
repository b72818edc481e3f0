package dev.callflow.host;

import dev.callflow.conference.RoomView;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.freeswitch.restart.PositionKey;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.testkit.network.VirtualNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A host and a simulated FreeSWITCH in virtual time. The dialplan retries the host for half a
 * minute, like the one that we ship.
 */
final class HostBed implements AutoCloseable {

  static final AccountId ACME = new AccountId("acme");

  static final PositionKey KEY =
      PositionKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  private static final String SOCKET = "socket 127.0.0.1:8084 async full";

  private final VirtualTime time = new VirtualTime();
  private final VirtualNetwork network = new VirtualNetwork(time);
  private final MemoryStore store = new MemoryStore(time).account(ACME, Json.object());
  private final SimulatedFreeSwitch simulated;
  private volatile boolean recordable = true;
  private @Nullable Callflow running;

  HostBed() throws IOException {
    store.put(
        ACME,
        DocumentType.CALLFLOW,
        "room",
        json(
            """
            {"numbers": ["2000"], "flow": {"module": "conference", "data": {"id": "board"}}}
            """));
    store.put(
        ACME,
        DocumentType.CONFERENCE,
        "board",
        json("{\"name\": \"Board\", \"member\": {\"join_muted\": false}}"));
    store.put(
        ACME,
        DocumentType.CALLFLOW,
        "wait",
        json(
            """
            {"numbers": ["3000"], "flow": {"module": "sleep", "data": {"duration": 20}}}
            """));
    List<String> tries = new ArrayList<>();
    tries.add(SOCKET);
    for (int i = 0; i < 10; i++) {
      tries.add("playback %[playback_timeout_sec=3]local_stream://moh");
      tries.add(SOCKET);
    }
    simulated =
        SimulatedFreeSwitch.builder()
            .password("secret")
            .time(time)
            .network(network)
            .extension("\\d+", tries.toArray(String[]::new))
            .recordable(file -> recordable)
            .start();
  }

  /** Lets the switch open no file for a recording from now on. */
  void makeUnrecordable() {
    recordable = false;
  }

  /** Stores a document of the account. */
  void put(DocumentType type, String id, String text) {
    store.put(ACME, type, id, json(text));
  }

  void system(String text) {
    store.system(json(text));
  }

  DocumentStore documents() {
    return store;
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  Callflow.Builder builder() {
    return Callflow.builder()
        .documents(store)
        .freeSwitch(simulated.esl(), "secret", options -> {})
        .runtime(time, network.runtime());
  }

  /** Starts another FreeSWITCH, which hands over its calls to another port of the host. */
  SimulatedFreeSwitch another(int callPort) throws IOException {
    return SimulatedFreeSwitch.builder()
        .esl(new InetSocketAddress("127.0.0.1", 8022))
        .password("secret")
        .time(time)
        .network(network)
        .extension("\\d+", "socket 127.0.0.1:" + callPort + " async full")
        .start();
  }

  FreeSwitchOptions options(SimulatedFreeSwitch freeSwitch, int callPort) {
    return FreeSwitchOptions.of(
        new InetSocketAddress("127.0.0.1", callPort), freeSwitch.esl(), "secret");
  }

  Callflow start(Callflow.Builder builder) {
    Callflow started = in(2, builder::start);
    running = started;
    return started;
  }

  /** Runs a task, which may wait, on a thread of the virtual time, while some seconds pass. */
  <T> T in(long seconds, Supplier<T> task) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    time.start("task", () -> result.set(task.get()));
    pass(seconds);
    return Optional.ofNullable(result.get())
        .orElseThrow(() -> new IllegalStateException("the task has not finished in time"));
  }

  void pass(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  void pass(Duration duration) {
    try {
      time.run(time.elapsed().plus(duration));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  SimulatedCaller call(String from, String to) {
    SimulatedCaller caller = simulated.call(from, from, to);
    pass(3);
    return caller;
  }

  boolean isUp(SimulatedCaller caller) {
    return simulated.model().channel(caller.uuid()).isPresent();
  }

  /** Returns the caller numbers of the members of FreeSWITCH's rooms, in their order. */
  List<String> inRooms() {
    return simulated.rooms().stream()
        .flatMap(room -> simulated.model().rooms().members(room.name()).stream())
        .map((MemberState member) -> member.channel().callerNumber())
        .sorted()
        .toList();
  }

  /** Returns how many participants the running host knows in the conference. */
  int participants() {
    Callflow host = running;
    return host == null
        ? 0
        : in(
            1,
            () ->
                host.conferences()
                    .conference(ACME, "board")
                    .view()
                    .map(RoomView::participants)
                    .map(List::size)
                    .orElse(0));
  }

  VirtualTime time() {
    return time;
  }

  SimulatedFreeSwitch simulated() {
    return simulated;
  }

  @Override
  public void close() {
    time.close();
  }
}
