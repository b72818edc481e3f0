package dev.callflow.api;

import dev.callflow.api.access.Access;
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
 * An operator with a token of the account acme, which has the conference {@code red} behind 5000;
 * and the account other, which has {@code blue}.
 */
final class Desk {

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
  private final CallflowEngine engine;

  Desk() {
    this(new VirtualTime(), builder -> builder);
  }

  /** A prompt whose file the switch does not have. */
  static final String MISSING = "conf-missing";

  Desk(UnaryOperator<Api.Builder> change) {
    this(new VirtualTime(), change);
  }

  /** In virtual time or in real time. */
  Desk(TimeSource time, SocketLimits limits) {
    this(time, builder -> builder.socketLimits(limits));
  }

  private Desk(TimeSource time, UnaryOperator<Api.Builder> change) {
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

  /** From now on nobody can be told whose a token is. */
  void failWith(RuntimeException exception) {
    failure = Optional.of(exception);
  }

  private Optional<Access> authenticate(String token) {
    failure.ifPresent(it -> {
      throw it;
    });
    return tokens().authenticate(token);
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

  /** What an operator of acme is answered. */
  Reply ask(String verb, String path, String body) {
    return ask(verb, path, body, Map.of());
  }

  Reply ask(String verb, String path) {
    return ask(verb, path, "");
  }

  Reply ask(String verb, String path, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("X-Auth-Token", TOKEN);
    return answer("/v2/accounts/acme" + path, verb, body, all);
  }

  Reply answer(String target, String verb, String body, Map<String, String> headers) {
    String[] parts = target.split("\\?", 2);
    Map<String, String> query = new HashMap<>();
    if (parts.length == 2) {
      for (String pair : parts[1].split("&")) {
        query.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
    }
    return new Reply(
        api.answer(new ApiRequest(verb, parts[0], query, headers, body.replace('\'', '"'))));
  }

  /** A reply, and what stands in it. */
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

  /** Somebody calls 5000, and two seconds pass. */
  void call(String uuid) throws InterruptedException {
    ring(uuid);
    sleep(Duration.ofSeconds(2));
  }

  /** Somebody calls 5000. */
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

  /** What happens while callers call, in virtual time. */
  interface Body {
    void run() throws InterruptedException;
  }

  void run(Body body) throws InterruptedException {
    VirtualTime time = (VirtualTime) this.time;
    boolean[] over = {false};
    time.start(
        "test",
        () -> {
          try {
            body.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            over[0] = true;
          }
        });
    time.run(Duration.ofHours(1), () -> over[0]);
    time.close();
  }
}
