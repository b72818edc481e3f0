package dev.callflow.api;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API over a simulated switch. The account {@code acme} has the conference {@code red}, which
 * callers reach by dialling 5000; the account {@code other} has the conference {@code blue}.
 */
final class ApiFixture {

  static final AccountId ACME = new AccountId("acme");
  static final AccountId OTHER = new AccountId("other");
  static final String TOKEN = "acme-token";
  static final String OTHER_TOKEN = "other-token";
  static final String ADMIN_TOKEN = "admin-token";

  final TimeSource time;
  final MemoryStore store;
  final List<ControlRequest> performed = new ArrayList<>();
  final Conferences conferences;
  final Api api;
  final SimulatedSwitch model;
  private final InProcessSwitch ports;
  private volatile Optional<RuntimeException> failure = Optional.empty();

  /** The valid tokens. */
  volatile Authenticator tokens = tokens();

  private final CallflowEngine engine;

  ApiFixture() {
    this(new VirtualTime(), builder -> builder);
  }

  /** A prompt whose file is missing on the switch. */
  static final String MISSING = "conf-missing";

  ApiFixture(UnaryOperator<Api.Builder> change) {
    this(new VirtualTime(), change);
  }

  /** Creates a fixture in virtual or real time. */
  ApiFixture(TimeSource time, SocketLimits limits) {
    this(time, builder -> builder.socketLimits(limits));
  }

  ApiFixture(TimeSource time, UnaryOperator<Api.Builder> change) {
    this.time = time;
    store = new MemoryStore(time);
    model =
        new SimulatedSwitch(
            time,
            SwitchSettings.seeded(
                1,
                file ->
                    file.equals(MISSING) ? Optional.empty() : Optional.of(MediaLibrary.ENDLESS)));
    ports = new InProcessSwitch(model, time);
    store
        .account(ACME, Json.object())
        .account(OTHER, Json.object())
        .put(
            ACME,
            DocumentType.CONFERENCE,
            "red",
            json("{'name':'Red','conference_numbers':['500'],'member':{'join_muted':false}}"))
        .put(OTHER, DocumentType.CONFERENCE, "blue", json("{'name':'Blue'}"))
        .put(
            ACME,
            DocumentType.CALLFLOW,
            "flow",
            json(
                "{'numbers':['5000'],'flow':{'module':'conference',"
                    + "'data':{'id':'red','welcome_prompt':{'play':false}}}}"));
    conferences = Conferences.builder(store, ports.mixer(), time).build();
    engine =
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
    api =
        change
            .apply(
                Api.builder(store, conferences, time)
                    .authenticator(this::authenticate)
                    .performed(performed::add))
            .build();
  }

  /** Makes the authenticator throw an exception from now on. */
  void failWith(RuntimeException exception) {
    failure = Optional.of(exception);
  }

  private Optional<Access> authenticate(String token) {
    failure.ifPresent(it -> {
      throw it;
    });
    return tokens.authenticate(token);
  }

  static HashedTokens tokens() {
    return HashedTokens.of(
        Json.read(
            "[{\"sha256\":\"%s\",\"account\":\"acme\"},{\"sha256\":\"%s\",\"account\":\"other\"},"
                    .formatted(HashedTokens.hash(TOKEN), HashedTokens.hash(OTHER_TOKEN))
                + "{\"sha256\":\"%s\",\"super_admin\":true}]"
                    .formatted(HashedTokens.hash(ADMIN_TOKEN))));
  }

  static ObjectNode json(String text) {
    return (ObjectNode) Json.read(text.replace('\'', '"'));
  }

  /** Sends a request with a path relative to the account acme, with its token. */
  Reply request(String verb, String path, String body) {
    return request(verb, path, body, Map.of());
  }

  Reply request(String verb, String path) {
    return request(verb, path, "");
  }

  Reply request(String verb, String path, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("X-Auth-Token", TOKEN);
    return send("/v2/accounts/acme" + path, verb, body, all);
  }

  Reply send(String target, String verb, String body, Map<String, String> headers) {
    return send(target, verb, body, headers, "");
  }

  /** Sends a request from an address. */
  Reply send(String target, String verb, String body, Map<String, String> headers, String client) {
    String[] parts = target.split("\\?", 2);
    Map<String, String> query = new HashMap<>();
    if (parts.length == 2) {
      for (String pair : parts[1].split("&")) {
        query.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
    }
    return new Reply(
        api.answer(
            new ApiRequest(verb, parts[0], query, headers, body.replace('\'', '"'), client)));
  }

  /** A reply and its parsed body. */
  record Reply(ApiReply reply) {

    int status() {
      return reply.status();
    }

    JsonNode body() {
      return Json.read(new String(reply.body(), StandardCharsets.UTF_8));
    }

    JsonNode data() {
      return body().path("data");
    }

    String message() {
      return body().path("message").asString("");
    }

    Map<String, String> headers() {
      return reply.headers();
    }
  }

  /** Starts a call to 5000 and waits two seconds. */
  void call(String uuid) throws InterruptedException {
    ring(uuid);
    sleep(Duration.ofSeconds(2));
  }

  /** Starts a call to 5000. */
  void ring(String uuid) {
    model.arrive(new NewChannel(uuid, uuid, "Caller " + uuid, "5000", "", Map.of()));
    engine.take(
        ports.leg(new CallId(uuid)),
        new IncomingCall("5000", uuid, "Caller " + uuid, Optional.empty(), Map.of()));
  }

  void hangUp(String uuid) throws InterruptedException {
    model.hangUp(uuid, EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
    sleep(Duration.ofSeconds(1));
  }

  void sleep(Duration duration) throws InterruptedException {
    time.<Boolean>inbox(1).poll(duration);
  }

  /** The body of a test in virtual time. */
  interface Body {
    void run() throws InterruptedException;
  }

  void run(Body body) throws InterruptedException {
    VirtualTime time = (VirtualTime) this.time;
    boolean[] finished = {false};
    time.start(
        "test",
        () -> {
          try {
            body.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            finished[0] = true;
          }
        });
    time.run(Duration.ofHours(1), () -> finished[0]);
    time.close();
  }
}
