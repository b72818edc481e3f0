package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.event.SocketLimits;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The protocol of the events, frame by frame (docs/spec/events.md#websocket). */
class SubscriberSessionTests {

  private static final String RED = "conference.event.red.*";

  private final Desk desk = new Desk();

  @Test
  void nobodyIsServedWithoutAToken() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.at(desk);
      assertThat(watcher.errors("{'action':'ping'}"))
          .containsExactly("authentication token required");
      assertThat(watcher.errors("{'action':'ping','auth_token':'wrong'}"))
          .containsExactly("failed to authenticate token wrong");
      assertThat(watcher.errors("{'action':'ping','auth_token':7}"))
          .containsExactly("invalid authentication token format");
      assertThat(watcher.errors("{'action':'ping','auth_token':'acme-token'}")).isEmpty();
    });
  }

  @Test
  void aSocketIsAuthenticatedOnce() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.at(desk);
      watcher.ask("{'auth_token':'acme-token'}");
      assertThat(watcher.errors("{'action':'ping'}")).isEmpty();
      assertThat(
              watcher.errors(
                  "{'action':'subscribe','auth_token':'other-token','data':"
                      + "{'account_id':'other','binding':'conference.event.blue.*'}}"))
          .containsExactly("unauthorized account id");
    });
  }

  @Test
  void aPingIsAnsweredWithItsRequestId() throws InterruptedException {
    desk.run(() ->
        assertThat(
                Watcher.at(desk)
                    .ask("{'action':'ping','auth_token':'acme-token','request_id':'r1'}"))
            .hasToString(
                "{\"action\":\"reply\",\"request_id\":\"r1\",\"status\":\"success\","
                    + "\"data\":{\"response\":\"pong\"}}"));
  }

  @Test
  void aRequestWithoutIdIsGivenOne() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED);
      String first = watcher.ask("{'action':'ping'}").path("request_id").asString();
      String second = watcher.ask("{'action':'ping'}").path("request_id").asString();
      assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    });
  }

  @Test
  void noActionIsNoopAndAnUnknownOneAnError() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED);
      assertThat(watcher.ask("{}").path("data")).hasToString("{}");
      assertThat(watcher.ask("{'action':'noop'}").path("status").asString()).isEqualTo("success");
      assertThat(watcher.errors("{'action':'dance'}")).containsExactly("unknown action dance");
      assertThat(watcher.errors("{'action':7}")).containsExactly("action must be a text");
      assertThat(watcher.errors("{'action':'ping','data':7}"))
          .containsExactly("data must be an object");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "[]", "7", "{'a':1,'a':2}"})
  void whatIsNoFrameIsAnErrorAndTheSocketStaysOpen(String text) throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED);
      assertThat(watcher.errors(text)).hasSize(1);
      assertThat(watcher.ask("{'action':'ping'}").path("status").asString()).isEqualTo("success");
      assertThat(watcher.aborted).isFalse();
    });
  }

  @Test
  void whoSubscribesIsToldAllThatHeHasBound() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.at(desk);
      assertThat(watcher.subscribe("acme-token", "acme", RED).path("data"))
          .hasToString("{\"subscribed\":[\"conference.event.red.*\"]}");
      assertThat(
              watcher.subscribe("acme-token", "acme", "conference.command.red", RED).path("data"))
          .hasToString("{\"subscribed\":[\"conference.event.red.*\",\"conference.command.red\"]}");
      assertThat(watcher.subscribe("acme-token", "acme", RED).path("data")).hasToString("{}");
    });
  }

  /** Case 77. */
  @ParameterizedTest
  @CsvSource({
    "conference.event.*.*, ConferenceId required",
    "conference.command.*, ConferenceId required",
    "conference.event..*, ConferenceId required",
    "conference.event.red.*.hiccup, Unsupported conference event hiccup",
    "conference.event.red, invalid format for conference subscription : conference.event.red",
    "conference.event.red.alice.lock,"
        + " invalid format for conference subscription : conference.event.red.alice.lock",
    "conference.red, invalid format for conference subscription : conference.red",
    "call.CHANNEL_CREATE.*," + " invalid format for conference subscription : call.CHANNEL_CREATE.*"
  })
  void aFaultyBindingIsRefused(String binding, String error) throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.at(desk);
      JsonNode reply = watcher.subscribe("acme-token", "acme", RED, binding);
      assertThat(reply.at("/data/errors/0").asString()).isEqualTo(error);
      assertThat(reply.at("/data/errors").size()).isOne();
      desk.call("alice");
      assertThat(watcher.events()).as("of the one that was right").isEmpty();
    });
  }

  @Test
  void missingKeysAreNamed() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk);
      assertThat(watcher.errors("{'action':'subscribe'}"))
          .containsExactly("missing required keys : account_id, binding");
      assertThat(watcher.errors("{'action':'subscribe','data':{'account_id':'acme'}}"))
          .containsExactly("missing required keys : binding");
      assertThat(
              watcher.errors("{'action':'subscribe','data':{'account_id':'acme','binding':[7]}}"))
          .containsExactly("a binding must be a text");
    });
  }

  /** Case 78. */
  @Test
  void anotherAccountIsRefused() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk);
      assertThat(watcher.subscribe("", "other", "conference.event.blue.*").at("/data/errors/0"))
          .hasToString("\"unauthorized account id\"");
      assertThat(watcher.subscribe("", "*", RED).at("/data/errors/0"))
          .hasToString("\"unauthorized wildcard account id\"");
    });
  }

  @Test
  void anotherAccountsConferenceReachesNothing() throws InterruptedException {
    desk.run(() -> {
      Watcher stranger = Watcher.at(desk);
      stranger.subscribe("other-token", "other", RED, "conference.command.red");
      Watcher own = Watcher.of(desk, RED, "conference.command.red");
      desk.call("alice");
      desk.ask("PUT", "/conferences/red", "{'action':'lock'}");
      desk.sleep(Duration.ofSeconds(1));
      assertThat(own.kinds()).contains("add-member", "lock", "command");
      assertThat(stranger.events()).isEmpty();
    });
  }

  @Test
  void aSuperAdminMayBindAConferenceOfAllAccounts() throws InterruptedException {
    desk.run(() -> {
      Watcher admin = Watcher.at(desk);
      admin.subscribe("admin-token", "*", RED, "conference.command.red");
      desk.call("alice");
      desk.ask("PUT", "/conferences/red", "{'action':'lock'}");
      desk.sleep(Duration.ofSeconds(1));
      assertThat(admin.kinds())
          .containsExactly("conference-create", "add-member", "lock", "command");
      assertThat(admin.events().get(1).path("subscription_key").asString())
          .isEqualTo("conference.event.*.*.red.*");
    });
  }

  @Test
  void anEventHasTheKeysOfTheSeedDocuments() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, "conference.event.red.*.add-member");
      desk.call("alice");
      JsonNode frame = watcher.events().getFirst();
      assertThat(frame.properties().stream().map(Map.Entry::getKey))
          .containsExactly(
              "action", "subscribed_key", "subscription_key", "name", "routing_key", "data");
      assertThat(frame.path("subscribed_key").asString())
          .isEqualTo("conference.event.red.*.add-member");
      assertThat(frame.path("subscription_key").asString())
          .isEqualTo("conference.event.add-member.acme.red.*");
      assertThat(frame.path("name").asString()).isEqualTo("participant_event");
      assertThat(frame.path("routing_key").asString())
          .isEqualTo("conference.event.add-member.acme.red.alice");
      JsonNode data = frame.path("data");
      assertThat(data.path("conference_id").asString()).isEqualTo("red");
      assertThat(data.path("caller_id_name").asString()).isEqualTo("Caller alice");
      assertThat(data.path("speak").asBoolean()).isTrue();
      assertThat(data.at("/conference_channel_vars/speak").asBoolean()).isTrue();
      assertThat(data.path("version").asLong()).isPositive();
    });
  }

  @Test
  void aBindingLetsThroughOneCallOrOneKindOnly() throws InterruptedException {
    desk.run(() -> {
      Watcher ofBob = Watcher.of(desk, "conference.event.red.bob");
      Watcher ofJoins = Watcher.of(desk, "conference.event.red.*.add-member");
      desk.call("alice");
      desk.call("bob");
      desk.hangUp("bob");
      assertThat(ofBob.kinds()).containsExactly("add-member", "del-member");
      assertThat(ofBob.events())
          .allSatisfy(it -> assertThat(it.at("/data/call_id").asString()).isEqualTo("bob"));
      assertThat(ofJoins.kinds()).containsExactly("add-member", "add-member");
    });
  }

  /** Case 79. */
  @Test
  void theLastLeaverIsToldBeforeTheEnd() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED);
      desk.call("alice");
      desk.hangUp("alice");
      assertThat(watcher.kinds())
          .containsExactly("conference-create", "add-member", "del-member", "conference-destroy");
    });
  }

  /** Case 80. */
  @Test
  void onlyWhatTheConfigurationListsIsPublished() throws InterruptedException {
    desk.store.system(Desk.json("{'ecallmgr':{'publish_participant_event':['add-member']}}"));
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED);
      desk.call("alice");
      desk.hangUp("alice");
      assertThat(watcher.kinds()).containsExactly("add-member");
    });
  }

  /** Case 81. */
  @Test
  void unsubscribingWithoutDataEndsAll() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED, "conference.command.red");
      assertThat(watcher.ask("{'action':'unsubscribe'}").path("data"))
          .hasToString(
              "{\"unsubscribed\":[\"conference.event.red.*\",\"conference.command.red\"],"
                  + "\"subscribed\":[]}");
      desk.call("alice");
      desk.ask("PUT", "/conferences/red", "{'action':'lock'}");
      assertThat(watcher.events()).isEmpty();
    });
  }

  @Test
  void unsubscribingWithDataEndsThatOnly() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED, "conference.event.red.*.lock");
      assertThat(
              watcher
                  .ask(
                      "{'action':'unsubscribe','data':{'account_id':'acme',"
                          + "'bindings':['conference.event.red.*','conference.event.red.x']}}")
                  .path("data"))
          .hasToString(
              "{\"unsubscribed\":[\"conference.event.red.*\"],"
                  + "\"subscribed\":[\"conference.event.red.*.lock\"]}");
      desk.call("alice");
      desk.ask("PUT", "/conferences/red", "{'action':'lock'}");
      desk.sleep(Duration.ofSeconds(1));
      assertThat(watcher.kinds()).containsExactly("lock");
    });
  }

  @Test
  void commandsAreToldWithoutSecrets() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, "conference.command.red");
      desk.call("alice");
      desk.ask("PUT", "/conferences/red/participants/alice", "{'data':{'action':'mute'}}");
      desk.ask(
          "PUT",
          "/conferences/red",
          "{'action':'dial','data':{'data':{'endpoints':['sip:carol@example.com'],"
              + "'timeout':1,'member':{'pins':['4711']},'bridge_password':'hush'}}}");
      desk.api
          .sockets()
          .performed(
              new ControlRequest(
                  new RoomId(Desk.ACME, "red"),
                  new ControlRequest.Target.Conference(),
                  "play",
                  Desk.json("{'media_id':'https://carol:hush@example.com/a.wav'}")));
      desk.sleep(Duration.ofSeconds(1));
      assertThat(watcher.events()).hasSize(3);
      JsonNode mute = watcher.events().getFirst();
      assertThat(mute.path("name").asString()).isEqualTo("command");
      assertThat(mute.path("routing_key").asString()).isEqualTo("conference.command.acme.red");
      assertThat(mute.at("/data/action").asString()).isEqualTo("mute");
      assertThat(mute.at("/data/participant_id").asString()).isEqualTo("alice");
      JsonNode dial = watcher.events().get(1);
      assertThat(dial.at("/data/data"))
          .hasToString("{\"endpoints\":[\"sip:carol@example.com\"],\"timeout\":1}");
      assertThat(watcher.events().get(2).at("/data/data/media_id").asString())
          .isEqualTo("https://example.com/a.wav");
      assertThat(watcher.texts).noneMatch(it -> it.contains("4711") || it.contains("hush"));
    });
  }

  @Test
  void whatWasMissedIsDeliveredFromAVersionOn() throws InterruptedException {
    desk.run(() -> {
      Watcher first = Watcher.of(desk, RED);
      desk.call("alice");
      long seen = first.events().getLast().at("/data/version").asLong();
      first.leave();
      desk.call("bob");
      desk.hangUp("bob");
      Watcher second = Watcher.at(desk);
      second.ask(
          "{'action':'subscribe','auth_token':'acme-token','data':{'account_id':'acme',"
              + "'binding':'conference.event.red.*','from':%d}}".formatted(seen));
      assertThat(second.texts.getFirst()).contains("\"subscribed\"");
      desk.call("carol");
      assertThat(second.kinds()).containsExactly("add-member", "del-member", "add-member");
      assertThat(second.missed()).isEmpty();
      assertThat(second.events().stream().map(it -> it.at("/data/version").asLong()))
          .isSorted()
          .doesNotHaveDuplicates()
          .allMatch(version -> version > seen);
    });
  }

  @Test
  void whatIsForgottenIsSaidToBeMissed() throws InterruptedException {
    desk.run(() -> {
      Watcher.of(desk, RED);
      desk.call("alice");
      // 512 events are remembered.
      for (int i = 0; i < 300; i++) {
        desk.ask("PUT", "/conferences/red", "{'action':'lock'}");
        desk.ask("PUT", "/conferences/red", "{'action':'unlock'}");
        desk.sleep(Duration.ofSeconds(1));
      }
      Watcher late = Watcher.at(desk);
      late.ask(
          "{'action':'subscribe','auth_token':'acme-token','data':{'account_id':'acme',"
              + "'binding':'conference.event.red.*','from':'1'}}");
      desk.sleep(Duration.ofSeconds(1));
      assertThat(late.missed().getFirst())
          .hasToString(
              "{\"action\":\"missed\",\"subscribed_key\":\"conference.event.red.*\","
                  + "\"data\":{\"count\":0}}");
      assertThat(late.events()).hasSize(512);
    });
  }

  @Test
  void aVersionMustBeOneAndOfOneAccount() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk);
      assertThat(
              watcher.errors(
                  "{'action':'subscribe','data':{'account_id':'acme','binding':"
                      + "'conference.event.red.*','from':'yesterday'}}"))
          .containsExactly("from must be the version of an event");
      Watcher admin = Watcher.at(desk);
      assertThat(
              admin.errors(
                  "{'action':'subscribe','auth_token':'admin-token','data':{'account_id':'*',"
                      + "'binding':'conference.event.red.*','from':1}}"))
          .containsExactly("from needs one account");
    });
  }

  private static SocketLimits slow(int events, Duration patience) {
    return SocketLimits.STANDARD.slow(events, patience);
  }

  @Test
  void aSlowClientLosesTheOldestIsToldAndHoldsUpNobody() throws InterruptedException {
    Desk desk = new Desk(new VirtualTime(), slow(2, Duration.ofSeconds(30)));
    desk.run(() -> {
      Watcher slow = Watcher.of(desk, RED);
      Watcher quick = Watcher.of(desk, RED);
      slow.takeNothing();
      desk.call("alice");
      desk.call("bob");
      desk.call("carol");
      assertThat(quick.kinds())
          .containsExactly("conference-create", "add-member", "add-member", "add-member");
      assertThat(slow.kinds())
          .as("that were sent")
          .containsExactly("conference-create", "add-member");
      desk.call("dave");
      slow.takeAgain();
      desk.sleep(Duration.ofMillis(1));
      assertThat(slow.missed().getFirst().at("/data/count").asInt()).isOne();
      assertThat(slow.events().stream().map(it -> it.at("/data/call_id").asString("")))
          .containsExactly("", "alice", "carol", "dave");
      assertThat(slow.aborted).isFalse();
    });
  }

  @Test
  void aClientThatTakesNothingForTooLongIsDisconnected() throws InterruptedException {
    Desk desk = new Desk(new VirtualTime(), slow(1_000, Duration.ofSeconds(30)));
    desk.run(() -> {
      Watcher slow = Watcher.of(desk, RED);
      slow.takeNothing();
      desk.call("alice");
      desk.sleep(Duration.ofSeconds(20));
      assertThat(slow.aborted).isFalse();
      desk.sleep(Duration.ofSeconds(10));
      assertThat(slow.aborted).isTrue();
      assertThat(sockets(desk, "acme-token")).isEmpty();
    });
  }

  @Test
  void whoAsksAndNeverReadsIsDisconnected() throws InterruptedException {
    desk.run(() -> {
      Watcher deaf = Watcher.of(desk);
      deaf.takeNothing();
      deaf.ask("{'action':'ping'}");
      for (int i = 0; i < 101; i++) {
        deaf.send("{'action':'ping'}");
      }
      assertThat(deaf.aborted).isTrue();
    });
  }

  @Test
  void whoSendsTooMuchIsRefusedForAWhile() throws InterruptedException {
    Desk desk = new Desk(new VirtualTime(), SocketLimits.STANDARD.sent(4_096, 2, 1));
    desk.run(() -> {
      Watcher eager = Watcher.at(desk);
      assertThat(eager.errors("{'auth_token':'acme-token'}")).isEmpty();
      assertThat(eager.errors("{'action':'ping'}")).isEmpty();
      assertThat(eager.errors("{'action':'ping'}"))
          .containsExactly("rate limiting threshold hit for 192.0.2.1:5060!");
      assertThat(Watcher.at(desk).errors("{'auth_token':'acme-token'}")).isEmpty();
      desk.sleep(Duration.ofSeconds(1));
      assertThat(eager.errors("{'action':'ping'}")).isEmpty();
    });
  }

  @Test
  void aClientHasABoundedNumberOfBindings() throws InterruptedException {
    SocketLimits two =
        new SocketLimits(
            new SocketLimits.Connections(10, 10),
            2,
            new SocketLimits.Backlog(10, Duration.ofSeconds(1)),
            new SocketLimits.Silence(Duration.ofHours(1), Duration.ofSeconds(1)),
            new SocketLimits.Frames(4_096, 100, 100));
    Desk desk = new Desk(new VirtualTime(), two);
    desk.run(() -> {
      Watcher greedy = Watcher.of(desk, "conference.event.a.*", "conference.event.b.*");
      assertThat(
              greedy.errors(
                  "{'action':'subscribe','data':{'account_id':'acme',"
                      + "'binding':'conference.event.c.*'}}"))
          .containsExactly("too many bindings, at most 2");
    });
  }

  @Test
  void anAddressHasABoundedNumberOfConnections() throws InterruptedException {
    Desk desk = new Desk(new VirtualTime(), SocketLimits.STANDARD.clients(3, 2));
    desk.run(() -> {
      Watcher first = Watcher.at(desk, "192.0.2.1");
      Watcher.at(desk, "192.0.2.1");
      assertThat(desk.api.sockets().isFull("192.0.2.1")).isTrue();
      assertThat(desk.api.sockets().open("192.0.2.1", 1, first)).isEmpty();
      assertThat(desk.api.sockets().isFull("192.0.2.2")).isFalse();
      Watcher.at(desk, "192.0.2.2");
      assertThat(desk.api.sockets().isFull("192.0.2.3")).as("too many in all").isTrue();
      first.leave();
      assertThat(desk.api.sockets().isFull("192.0.2.1")).isFalse();
    });
  }

  private static List<JsonNode> sockets(Desk desk, String token) {
    return desk
        .answer("/v2/websockets", "GET", "", Map.of("X-Auth-Token", token))
        .data()
        .values()
        .stream()
        .toList();
  }

  @Test
  void anAccountsSocketsAreListedWithWhatTheyHaveBound() throws InterruptedException {
    desk.run(() -> {
      Watcher watcher = Watcher.of(desk, RED);
      Watcher.at(desk).subscribe("other-token", "other", "conference.event.blue.*");
      Watcher.at(desk);
      assertThat(sockets(desk, "admin-token")).hasSize(3);
      assertThat(sockets(desk, "acme-token")).hasSize(1);
      JsonNode own = desk.ask("GET", "/websockets").data().path(0);
      assertThat(own.path("bindings")).hasToString("[\"conference.event.red.*\"]");
      assertThat(own.path("source").asString()).isEqualTo("192.0.2.1:5060");
      String id = own.path("id").asString();
      assertThat(desk.ask("GET", "/websockets/" + id).data().path("account_id").asString())
          .isEqualTo("acme");
      Map<String, String> other = Map.of("X-Auth-Token", "other-token");
      assertThat(desk.ask("GET", "/websockets/" + id, "", other).status()).isEqualTo(403);
      assertThat(desk.answer("/v2/accounts/other/websockets/" + id, "GET", "", other).status())
          .isEqualTo(404);
      watcher.leave();
      assertThat(desk.ask("GET", "/websockets").data().isEmpty()).isTrue();
      assertThat(desk.ask("PUT", "/websockets", "{'data':{}}").status()).isEqualTo(405);
    });
  }
}
