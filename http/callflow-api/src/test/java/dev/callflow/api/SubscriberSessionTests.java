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

/** The WebSocket protocol, frame by frame (docs/spec/events.md#websocket). */
class SubscriberSessionTests {

  private static final String RED = "conference.event.red.*";

  private final ApiFixture fixture = new ApiFixture();

  @Test
  void aTokenIsRequired() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.connect(fixture);
      assertThat(subscriber.errors("{'action':'ping'}"))
          .containsExactly("authentication token required");
      assertThat(subscriber.errors("{'action':'ping','auth_token':'wrong'}"))
          .containsExactly("failed to authenticate token wrong");
      assertThat(subscriber.errors("{'action':'ping','auth_token':7}"))
          .containsExactly("invalid authentication token format");
      assertThat(subscriber.errors("{'action':'ping','auth_token':'acme-token'}")).isEmpty();
    });
  }

  @Test
  void aSocketIsAuthenticatedByItsFirstToken() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.connect(fixture);
      subscriber.request("{'auth_token':'acme-token'}");
      assertThat(subscriber.errors("{'action':'ping'}")).isEmpty();
      assertThat(
              subscriber.errors(
                  "{'action':'subscribe','auth_token':'other-token','data':"
                      + "{'account_id':'other','binding':'conference.event.blue.*'}}"))
          .containsExactly("unauthorized account id");
    });
  }

  @Test
  void aPingIsAnsweredWithItsRequestId() throws InterruptedException {
    fixture.run(() ->
        assertThat(
                TestSubscriber.connect(fixture)
                    .request("{'action':'ping','auth_token':'acme-token','request_id':'r1'}"))
            .hasToString(
                "{\"action\":\"reply\",\"request_id\":\"r1\",\"status\":\"success\","
                    + "\"data\":{\"response\":\"pong\"}}"));
  }

  @Test
  void aRequestWithoutAnIdGetsOne() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, RED);
      String first = subscriber.request("{'action':'ping'}").path("request_id").asString();
      String second = subscriber.request("{'action':'ping'}").path("request_id").asString();
      assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    });
  }

  @Test
  void aMissingActionIsNoopAndAnUnknownOneIsAnError() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, RED);
      assertThat(subscriber.request("{}").path("data")).hasToString("{}");
      assertThat(subscriber.request("{'action':'noop'}").path("status").asString())
          .isEqualTo("success");
      assertThat(subscriber.errors("{'action':'dance'}")).containsExactly("unknown action dance");
      assertThat(subscriber.errors("{'action':7}")).containsExactly("\"action\" must be a string");
      assertThat(subscriber.errors("{'action':'ping','data':7}"))
          .containsExactly("\"data\" must be an object");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "[]", "7", "{'a':1,'a':2}"})
  void anInvalidFrameIsAnErrorAndTheSocketStaysOpen(String text) throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, RED);
      assertThat(subscriber.errors(text)).hasSize(1);
      assertThat(subscriber.request("{'action':'ping'}").path("status").asString())
          .isEqualTo("success");
      assertThat(subscriber.aborted).isFalse();
    });
  }

  @Test
  void theReplyToASubscriptionListsAllBindings() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.connect(fixture);
      assertThat(subscriber.subscribe("acme-token", "acme", RED).path("data"))
          .hasToString("{\"subscribed\":[\"conference.event.red.*\"]}");
      assertThat(
              subscriber
                  .subscribe("acme-token", "acme", "conference.command.red", RED)
                  .path("data"))
          .hasToString("{\"subscribed\":[\"conference.event.red.*\",\"conference.command.red\"]}");
      assertThat(subscriber.subscribe("acme-token", "acme", RED).path("data")).hasToString("{}");
    });
  }

  @ParameterizedTest
  @CsvSource({
    "conference.command.*, ConferenceId required",
    "conference.event..*, ConferenceId required",
    "conference.event.red.*.hiccup, Unsupported conference event hiccup",
    "conference.event.red, invalid format for conference subscription : conference.event.red",
    "conference.event.red.alice.lock,"
        + " invalid format for conference subscription : conference.event.red.alice.lock",
    "conference.red, invalid format for conference subscription : conference.red",
    "call.CHANNEL_CREATE.*," + " invalid format for conference subscription : call.CHANNEL_CREATE.*"
  })
  void anInvalidBindingIsRefused(String binding, String error) throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.connect(fixture);
      JsonNode reply = subscriber.subscribe("acme-token", "acme", RED, binding);
      assertThat(reply.at("/data/errors/0").asString()).isEqualTo(error);
      assertThat(reply.at("/data/errors").size()).isOne();
      fixture.call("alice");
      assertThat(subscriber.events()).as("events of the valid binding").isEmpty();
    });
  }

  @Test
  void missingKeysAreNamed() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture);
      assertThat(subscriber.errors("{'action':'subscribe'}"))
          .containsExactly("missing required keys : account_id, binding");
      assertThat(subscriber.errors("{'action':'subscribe','data':{'account_id':'acme'}}"))
          .containsExactly("missing required keys : binding");
      assertThat(
              subscriber.errors(
                  "{'action':'subscribe','data':{'account_id':'acme','binding':[7]}}"))
          .containsExactly("a binding must be a string");
    });
  }

  @Test
  void anotherAccountIsRefused() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture);
      assertThat(subscriber.subscribe("", "other", "conference.event.blue.*").at("/data/errors/0"))
          .hasToString("\"unauthorized account id\"");
      assertThat(subscriber.subscribe("", "*", RED).at("/data/errors/0"))
          .hasToString("\"unauthorized wildcard account id\"");
    });
  }

  @Test
  void eventsDoNotReachSubscribersInAnotherAccount() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber stranger = TestSubscriber.connect(fixture);
      stranger.subscribe("other-token", "other", RED, "conference.command.red");
      TestSubscriber own = TestSubscriber.subscribed(fixture, RED, "conference.command.red");
      fixture.call("alice");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(own.kinds()).contains("add-member", "lock", "command");
      assertThat(stranger.events()).isEmpty();
    });
  }

  @Test
  void aWildcardInPlaceOfTheConferenceBindsAllConferencesOfTheAccount()
      throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber own = TestSubscriber.connect(fixture);
      TestSubscriber stranger = TestSubscriber.connect(fixture);
      own.subscribe("acme-token", "acme", "conference.event.*.*", RED);
      stranger.subscribe("other-token", "other", "conference.event.*.*");
      fixture.call("alice");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(own.events())
          .extracting(frame -> frame.path("subscribed_key").asString())
          .containsExactlyInAnyOrder("conference.event.*.*", "conference.event.*.*", RED, RED);
      assertThat(own.events())
          .filteredOn(frame -> frame.path("subscribed_key").asString().contains("*.*"))
          .extracting(frame -> frame.at("/data/event").asString())
          .containsExactly("conference-create", "add-member");
      assertThat(stranger.events()).isEmpty();
    });
  }

  @ParameterizedTest
  @CsvSource({
    "conference.event.add-member.red.*, add-member add-member",
    "conference.event.add-member.*.*, add-member add-member",
    "conference.event.add-member.red.bob, add-member",
    "conference.event.*.red.bob, add-member",
    "conference.event.*.red.*, conference-create add-member add-member",
    "conference.event.*.*.bob, add-member",
    "conference.event.*.*.add-member, add-member add-member",
    "conference.event.add-member.green.*, ''"
  })
  void aBindingMayBeginWithTheEventAsInKazoo5(String binding, String events)
      throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, binding);
      fixture.call("alice");
      fixture.call("bob");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(String.join(" ", subscriber.kinds())).isEqualTo(events);
      assertThat(subscriber.events())
          .allMatch(frame -> frame.path("subscribed_key").asString().equals(binding));
    });
  }

  @Test
  void aSuperAdminMayBindOneEventOfAllConferencesOfAllAccounts() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber admin = TestSubscriber.connect(fixture);
      admin.subscribe("admin-token", "*", "conference.event.add-member.*.*");
      fixture.call("alice");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(admin.kinds()).containsExactly("add-member");
      assertThat(admin.events().getFirst().at("/data/account_id").asString()).isEqualTo("acme");
      assertThat(
              TestSubscriber.connect(fixture)
                  .subscribe("acme-token", "*", "conference.event.add-member.*.*")
                  .at("/data/errors/0")
                  .asString())
          .isEqualTo("unauthorized wildcard account id");
    });
  }

  @Test
  void pastEventsOfAllConferencesAreRefused() throws InterruptedException {
    fixture.run(() ->
        assertThat(
                TestSubscriber.subscribed(fixture)
                    .errors(
                        "{'action':'subscribe','data':{'account_id':'acme',"
                            + "'binding':'conference.event.*.*','from':1}}"))
            .containsExactly("\"from\" requires a single conference"));
  }

  @Test
  void aSuperAdminMayBindAConferenceOfAllAccounts() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber admin = TestSubscriber.connect(fixture);
      admin.subscribe("admin-token", "*", RED, "conference.command.red");
      fixture.call("alice");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(admin.kinds())
          .containsExactlyInAnyOrder("conference-create", "add-member", "lock", "command");
      assertThat(admin.events().get(1).path("subscription_key").asString())
          .isEqualTo("conference.event.*.*.red.*");
    });
  }

  @Test
  void anEventHasKazoosKeys() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber =
          TestSubscriber.subscribed(fixture, "conference.event.red.*.add-member");
      fixture.call("alice");
      JsonNode frame = subscriber.events().getFirst();
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
  void aBindingCanSelectOneCallOrOneKindOfEvent() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber ofBob = TestSubscriber.subscribed(fixture, "conference.event.red.bob");
      TestSubscriber ofJoins =
          TestSubscriber.subscribed(fixture, "conference.event.red.*.add-member");
      fixture.call("alice");
      fixture.call("bob");
      fixture.hangUp("bob");
      assertThat(ofBob.kinds()).containsExactly("add-member", "del-member");
      assertThat(ofBob.events())
          .allSatisfy(it -> assertThat(it.at("/data/call_id").asString()).isEqualTo("bob"));
      assertThat(ofJoins.kinds()).containsExactly("add-member", "add-member");
    });
  }

  @Test
  void theLastParticipantLeavesBeforeTheConferenceEnds() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, RED);
      fixture.call("alice");
      fixture.hangUp("alice");
      assertThat(subscriber.kinds())
          .containsExactly("conference-create", "add-member", "del-member", "conference-destroy");
    });
  }

  @Test
  void onlyEventsListedInTheConfigurationArePublished() throws InterruptedException {
    fixture.store.system(
        ApiFixture.json("{'ecallmgr':{'publish_participant_event':['add-member']}}"));
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, RED);
      fixture.call("alice");
      fixture.hangUp("alice");
      assertThat(subscriber.kinds()).containsExactly("add-member");
    });
  }

  @Test
  void unsubscribingWithoutDataRemovesAllBindings() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, RED, "conference.command.red");
      assertThat(subscriber.request("{'action':'unsubscribe'}").path("data"))
          .hasToString(
              "{\"unsubscribed\":[\"conference.event.red.*\",\"conference.command.red\"],"
                  + "\"subscribed\":[]}");
      fixture.call("alice");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      assertThat(subscriber.events()).isEmpty();
    });
  }

  @Test
  void unsubscribingWithDataRemovesOnlyThoseBindings() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber =
          TestSubscriber.subscribed(fixture, RED, "conference.event.red.*.lock");
      assertThat(
              subscriber
                  .request(
                      "{'action':'unsubscribe','data':{'account_id':'acme',"
                          + "'bindings':['conference.event.red.*','conference.event.red.x']}}")
                  .path("data"))
          .hasToString(
              "{\"unsubscribed\":[\"conference.event.red.*\"],"
                  + "\"subscribed\":[\"conference.event.red.*.lock\"]}");
      fixture.call("alice");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(subscriber.kinds()).containsExactly("lock");
    });
  }

  @Test
  void commandsArePublishedWithoutSecrets() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, "conference.command.red");
      fixture.call("alice");
      fixture.request("PUT", "/conferences/red/participants/alice", "{'data':{'action':'mute'}}");
      fixture.request(
          "PUT",
          "/conferences/red",
          "{'action':'dial','data':{'data':{'endpoints':['sip:carol@example.com'],"
              + "'timeout':1,'member':{'pins':['47110815']},'bridge_password':'hush'}}}");
      fixture
          .api
          .sockets()
          .performed(
              new ControlRequest(
                  new RoomId(ApiFixture.ACME, "red"),
                  new ControlRequest.Target.Conference(),
                  "play",
                  ApiFixture.json("{'media_id':'https://carol:hush@example.com/a.wav'}")));
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(subscriber.events()).hasSize(3);
      JsonNode mute = subscriber.events().getFirst();
      assertThat(mute.path("name").asString()).isEqualTo("command");
      assertThat(mute.path("routing_key").asString()).isEqualTo("conference.command.acme.red");
      assertThat(mute.at("/data/action").asString()).isEqualTo("mute");
      assertThat(mute.at("/data/participant_id").asString()).isEqualTo("alice");
      JsonNode dial = subscriber.events().get(1);
      assertThat(dial.at("/data/data"))
          .hasToString("{\"endpoints\":[\"sip:carol@example.com\"],\"timeout\":1}");
      assertThat(subscriber.events().get(2).at("/data/data/media_id").asString())
          .isEqualTo("https://example.com/a.wav");
      assertThat(subscriber.messages)
          .noneMatch(it -> it.contains("47110815") || it.contains("hush"));
    });
  }

  @Test
  void missedEventsAreDeliveredFromAVersion() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber first = TestSubscriber.subscribed(fixture, RED);
      fixture.call("alice");
      long seen = first.events().getLast().at("/data/version").asLong();
      first.disconnect();
      fixture.call("bob");
      fixture.hangUp("bob");
      TestSubscriber second = TestSubscriber.connect(fixture);
      second.request(
          "{'action':'subscribe','auth_token':'acme-token','data':{'account_id':'acme',"
              + "'binding':'conference.event.red.*','from':%d}}".formatted(seen));
      assertThat(second.messages.getFirst()).contains("\"subscribed\"");
      fixture.call("carol");
      assertThat(second.kinds()).containsExactly("add-member", "del-member", "add-member");
      assertThat(second.missed()).isEmpty();
      assertThat(second.events().stream().map(it -> it.at("/data/version").asLong()))
          .isSorted()
          .doesNotHaveDuplicates()
          .allMatch(version -> version > seen);
    });
  }

  @Test
  void eventsThatAreNoLongerKeptAreReportedAsMissed() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber.subscribed(fixture, RED);
      fixture.call("alice");
      // Only the last 512 events are kept.
      for (int i = 0; i < 300; i++) {
        fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
        fixture.request("PUT", "/conferences/red", "{'action':'unlock'}");
        fixture.sleep(Duration.ofSeconds(1));
      }
      TestSubscriber late = TestSubscriber.connect(fixture);
      late.request(
          "{'action':'subscribe','auth_token':'acme-token','data':{'account_id':'acme',"
              + "'binding':'conference.event.red.*','from':'1'}}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(late.missed().getFirst())
          .hasToString(
              "{\"action\":\"missed\",\"subscribed_key\":\"conference.event.red.*\","
                  + "\"data\":{\"count\":0}}");
      assertThat(late.events()).hasSize(512);
    });
  }

  @Test
  void aStartVersionMustBeValidAndRequiresASingleAccount() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture);
      assertThat(
              subscriber.errors(
                  "{'action':'subscribe','data':{'account_id':'acme','binding':"
                      + "'conference.event.red.*','from':'yesterday'}}"))
          .containsExactly("\"from\" must be the version of an event");
      TestSubscriber admin = TestSubscriber.connect(fixture);
      assertThat(
              admin.errors(
                  "{'action':'subscribe','auth_token':'admin-token','data':{'account_id':'*',"
                      + "'binding':'conference.event.red.*','from':1}}"))
          .containsExactly("\"from\" requires a single account");
    });
  }

  private static SocketLimits slow(int events, Duration timeout) {
    return SocketLimits.STANDARD.slow(events, timeout);
  }

  @Test
  void aSlowClientLosesTheOldestEventsAndDelaysNoOther() throws InterruptedException {
    ApiFixture fixture = new ApiFixture(new VirtualTime(), slow(2, Duration.ofSeconds(30)));
    fixture.run(() -> {
      TestSubscriber slow = TestSubscriber.subscribed(fixture, RED);
      TestSubscriber quick = TestSubscriber.subscribed(fixture, RED);
      slow.stopReading();
      fixture.call("alice");
      fixture.call("bob");
      fixture.call("carol");
      assertThat(quick.kinds())
          .containsExactly("conference-create", "add-member", "add-member", "add-member");
      assertThat(slow.kinds())
          .as("events sent so far")
          .containsExactly("conference-create", "add-member");
      fixture.call("dave");
      slow.resumeReading();
      fixture.sleep(Duration.ofMillis(1));
      assertThat(slow.missed().getFirst().at("/data/count").asInt()).isOne();
      assertThat(slow.events().stream().map(it -> it.at("/data/call_id").asString("")))
          .containsExactly("", "alice", "carol", "dave");
      assertThat(slow.aborted).isFalse();
    });
  }

  @Test
  void aClientThatReadsNothingForTooLongIsDisconnected() throws InterruptedException {
    ApiFixture fixture = new ApiFixture(new VirtualTime(), slow(1_000, Duration.ofSeconds(30)));
    fixture.run(() -> {
      TestSubscriber slow = TestSubscriber.subscribed(fixture, RED);
      slow.stopReading();
      fixture.call("alice");
      fixture.sleep(Duration.ofSeconds(20));
      assertThat(slow.aborted).isFalse();
      fixture.sleep(Duration.ofSeconds(10));
      assertThat(slow.aborted).isTrue();
      assertThat(sockets(fixture, "acme-token")).isEmpty();
    });
  }

  @Test
  void aClientThatNeverReadsItsRepliesIsDisconnected() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber silent = TestSubscriber.subscribed(fixture);
      silent.stopReading();
      silent.request("{'action':'ping'}");
      for (int i = 0; i < 101; i++) {
        silent.send("{'action':'ping'}");
      }
      assertThat(silent.aborted).isTrue();
    });
  }

  @Test
  void aClientThatSendsTooManyFramesIsRefusedForAWhile() throws InterruptedException {
    ApiFixture fixture = new ApiFixture(new VirtualTime(), SocketLimits.STANDARD.sent(4_096, 2, 1));
    fixture.run(() -> {
      TestSubscriber eager = TestSubscriber.connect(fixture);
      assertThat(eager.errors("{'auth_token':'acme-token'}")).isEmpty();
      assertThat(eager.errors("{'action':'ping'}")).isEmpty();
      assertThat(eager.errors("{'action':'ping'}"))
          .containsExactly("rate limiting threshold hit for 192.0.2.1:5060!");
      assertThat(TestSubscriber.connect(fixture).errors("{'auth_token':'acme-token'}")).isEmpty();
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(eager.errors("{'action':'ping'}")).isEmpty();
    });
  }

  @Test
  void theBindingsOfAClientAreLimited() throws InterruptedException {
    SocketLimits two =
        new SocketLimits(
            new SocketLimits.Connections(10, 10, 10),
            2,
            new SocketLimits.Backlog(10, Duration.ofSeconds(1)),
            new SocketLimits.Silence(Duration.ofHours(1), Duration.ofSeconds(1)),
            new SocketLimits.Frames(4_096, 100, 100),
            new SocketLimits.Authentication(10, Duration.ofHours(1), Duration.ofHours(1)));
    ApiFixture fixture = new ApiFixture(new VirtualTime(), two);
    fixture.run(() -> {
      TestSubscriber greedy =
          TestSubscriber.subscribed(fixture, "conference.event.a.*", "conference.event.b.*");
      assertThat(
              greedy.errors(
                  "{'action':'subscribe','data':{'account_id':'acme',"
                      + "'binding':'conference.event.c.*'}}"))
          .containsExactly("too many bindings: the limit is 2");
    });
  }

  private static List<JsonNode> sockets(ApiFixture fixture, String token) {
    return fixture
        .send("/v2/websockets", "GET", "", Map.of("X-Auth-Token", token))
        .data()
        .values()
        .stream()
        .toList();
  }

  @Test
  void theSocketsOfAnAccountAreListedWithTheirBindings() throws InterruptedException {
    fixture.run(() -> {
      TestSubscriber subscriber = TestSubscriber.subscribed(fixture, RED);
      TestSubscriber.connect(fixture).subscribe("other-token", "other", "conference.event.blue.*");
      TestSubscriber.connect(fixture);
      assertThat(sockets(fixture, "admin-token")).hasSize(3);
      assertThat(sockets(fixture, "acme-token")).hasSize(1);
      JsonNode own = fixture.request("GET", "/websockets").data().path(0);
      assertThat(own.path("bindings")).hasToString("[\"conference.event.red.*\"]");
      assertThat(own.path("source").asString()).isEqualTo("192.0.2.1:5060");
      String id = own.path("id").asString();
      assertThat(fixture.request("GET", "/websockets/" + id).data().path("account_id").asString())
          .isEqualTo("acme");
      Map<String, String> other = Map.of("X-Auth-Token", "other-token");
      assertThat(fixture.request("GET", "/websockets/" + id, "", other).status()).isEqualTo(403);
      assertThat(fixture.send("/v2/accounts/other/websockets/" + id, "GET", "", other).status())
          .isEqualTo(404);
      subscriber.disconnect();
      assertThat(fixture.request("GET", "/websockets").data().isEmpty()).isTrue();
      assertThat(fixture.request("PUT", "/websockets", "{'data':{}}").status()).isEqualTo(405);
    });
  }
}
