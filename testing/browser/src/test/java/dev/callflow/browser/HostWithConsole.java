package dev.callflow.browser;

import dev.callflow.api.Api;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.http.HttpServer;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.mixer.Member;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A host that serves the console, with a simulated FreeSWITCH. The account {@code acme} has the
 * conference Board at 5000 (moderators: 5001), Sales at 5002, Council, whose callers wait for a
 * moderator, at 5003 (moderators: 5004), and Pair for one at 5005.
 */
final class HostWithConsole implements AutoCloseable {

  static final AccountId ACME = new AccountId("acme");
  static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private static final String PASSWORD = "secret";

  final MemoryStore store;
  final SimulatedFreeSwitch freeSwitch;
  final Callflow host;
  private final HttpServer server;

  HostWithConsole() {
    TimeSource time = TimeSource.system();
    store = new MemoryStore(time);
    store.account(ACME, Json.object());
    store.system(json("{\"limits\":{\"calls\":2000,\"rooms\":1000}}"));
    conference("board", "{\"name\":\"Board\",\"conference_numbers\":[\"300\"]}");
    conference("sales", "{\"name\":\"Sales\"}");
    conference("council", "{\"name\":\"Council\",\"wait_for_moderator\":true}");
    conference("pair", "{\"name\":\"Pair\",\"max_participants\":1}");
    store.put(
        ACME,
        DocumentType.MEDIA,
        "jingle",
        json("{\"name\":\"Jingle\",\"path\":\"ivr/ivr-welcome.wav\"}"));
    entrance("5000", "board", false);
    entrance("5001", "board", true);
    entrance("5002", "sales", false);
    entrance("5003", "council", false);
    entrance("5004", "council", true);
    entrance("5005", "pair", false);
    callflow(
        "6000",
        "{\"module\":\"play\",\"data\":{\"id\":\"jingle\"},\"children\":{\"_\":"
            + "{\"module\":\"sleep\",\"data\":{\"duration\":600,\"unit\":\"s\"}}}}");
    try {
      freeSwitch = SimulatedFreeSwitch.builder().password(PASSWORD).mediaScale(0.05).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CallPlaces calls = new CallPlaces(time);
    RecordStore records = new MemoryRecords();
    host =
        Callflow.builder()
            .documents(store)
            .records(records)
            .freeSwitch(freeSwitch.esl(), PASSWORD, options -> {})
            .listen("127.0.0.1:0")
            .observer(calls)
            .controlTimeout(Eventually.LIMIT)
            .closingTimeout(Duration.ZERO)
            .start();
    freeSwitch.handCallsTo(host.calls());
    server =
        HttpServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            Api.builder(store, host.conferences(), time)
                .authenticator(HashedTokens.of(tokens()))
                .records(records)
                .calls(calls)
                .build());
    Eventually.holds("the host is connected", () -> host.awaitConnected(Duration.ofSeconds(1)));
  }

  private static ArrayNode tokens() {
    ArrayNode tokens = Json.object().arrayNode();
    tokens.addObject().put("sha256", HashedTokens.hash(TOKEN)).put("account", ACME.value());
    return tokens;
  }

  static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  /** Stores a conference that mutes nobody and plays no tones. */
  void conference(String id, String document) {
    ObjectNode body = json(document);
    body.put("play_entry_tone", false).put("play_exit_tone", false);
    body.putObject("member").put("join_muted", false);
    store.put(ACME, DocumentType.CONFERENCE, id, body);
  }

  /** Stores a callflow that leads callers of a number into a conference. */
  void entrance(String number, String conference, boolean moderator) {
    ObjectNode flow = Json.object().put("module", "conference");
    ObjectNode data = flow.putObject("data").put("id", conference);
    data.putObject("welcome_prompt").put("play", false);
    if (moderator) {
      data.put("moderator", true);
    }
    callflow(number, flow.toString());
  }

  void callflow(String number, String flow) {
    ObjectNode body = json("{\"numbers\":[\"" + number + "\"]}");
    body.put("name", "To " + number);
    body.set("flow", json(flow));
    store.put(ACME, DocumentType.CALLFLOW, "flow-" + number, body);
  }

  /** Calls a number and waits until the caller is in a conference. */
  SimulatedCaller join(String name, String number) {
    SimulatedCaller caller = call(name, number);
    Eventually.holds(name + " is in", () -> caller.awaitJoined(Duration.ofSeconds(1)));
    return caller;
  }

  SimulatedCaller call(String name, String number) {
    return freeSwitch.call("+4930" + Math.floorMod(name.hashCode(), 100_000), name, number);
  }

  Optional<RoomView> view(String conference) {
    return host.conferences().conference(ACME, conference).view();
  }

  Optional<Member> member(String conference, String name) {
    return view(conference).stream()
        .flatMap(view -> view.participants().stream())
        .filter(member -> member.callerName().equals(name))
        .findFirst();
  }

  int port() {
    return server.address().getPort();
  }

  @Override
  public void close() {
    server.close();
    host.close();
    freeSwitch.close();
  }
}
