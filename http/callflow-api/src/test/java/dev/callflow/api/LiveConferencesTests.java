package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.DocumentType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Running conferences: live state, participants, actions (docs/spec/api.md#conference-actions). */
class LiveConferencesTests {

  private static final RoomId RED = new RoomId(ApiFixture.ACME, "red");

  private final ApiFixture fixture = new ApiFixture();

  @Test
  void anIdleConferenceIsShownWithZeros() {
    JsonNode now = fixture.request("GET", "/conferences/red").data().path("_read_only");
    assertThat(now.path("members").asInt()).isZero();
    assertThat(now.path("admins").asInt(-1)).isZero();
    assertThat(now.path("is_locked").asBoolean(true)).isFalse();
    assertThat(now.path("participants").isEmpty()).isTrue();
  }

  @Test
  void aRunningConferenceIsShownWithItsParticipants() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      fixture.sleep(Duration.ofSeconds(10));
      JsonNode now = fixture.request("GET", "/conferences/red").data().path("_read_only");
      assertThat(now.path("members").asInt()).isOne();
      assertThat(now.path("duration").asInt()).isBetween(10, 13);
      assertThat(now.path("version").asLong()).isPositive();
      JsonNode alice = now.path("participants").path(0);
      assertThat(alice.path("call_id").asString()).isEqualTo("alice");
      assertThat(alice.path("caller_id_name").asString()).isEqualTo("Caller alice");
      assertThat(alice.path("conference_name").asString()).isEqualTo("red");
      assertThat(alice.path("speak").asBoolean()).isTrue();
      assertThat(alice.path("conference_channel_vars").path("speak").asBoolean()).isTrue();
      assertThat(alice.path("join_time").asLong()).isGreaterThan(62_167_219_200L);
      assertThat(alice.path("duration").asInt()).isBetween(10, 13);
    });
  }

  @Test
  void waitingCallersAreListedAndCanBeAdmitted() throws InterruptedException {
    fixture.request(
        "POST", "/conferences/red", "{'data':{'name':'Red','wait_for_moderator':true}}");
    fixture.run(() -> {
      fixture.call("alice");
      fixture.sleep(Duration.ofSeconds(10));
      JsonNode rows = fixture.request("GET", "/conferences/red/participants").data();
      assertThat(rows.size()).isOne();
      assertThat(rows.path(0).path("state").asString()).isEqualTo("waiting");
      assertThat(rows.path(0).path("call_id").asString()).isEqualTo("alice");
      assertThat(rows.path(0).path("caller_id_name").asString()).isEqualTo("Caller alice");
      assertThat(rows.path(0).path("duration").asInt()).isBetween(8, 13);
      assertThat(
              fixture
                  .request(
                      "PUT", "/conferences/red/participants/alice", "{'data':{'action':'admit'}}")
                  .status())
          .isEqualTo(202);
      fixture.sleep(Duration.ofSeconds(1));
      JsonNode alice = fixture.request("GET", "/conferences/red/participants/alice").data();
      assertThat(alice.path("state").asString()).isEqualTo("joined");
      assertThat(
              fixture.request("GET", "/conferences/red").data().at("/_read_only/waiting").asInt(-1))
          .isZero();
    });
  }

  @Test
  void aListShowsWhichConferencesAreRunning() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      JsonNode row = fixture.request("GET", "/conferences").data().path(0);
      assertThat(row.path("id").asString()).isEqualTo("red");
      assertThat(row.path("name").asString()).isEqualTo("Red");
      assertThat(row.path("members").asInt()).isOne();
      assertThat(row.path("_read_only").path("moderators").asInt(-1)).isZero();
    });
  }

  @Test
  void runningConferencesAreListedAlsoAfterTheirDocumentIsDeleted() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.request("PUT", "/conferences/red", "{'action':'record','data':{'action':'start'}}");
      fixture.request("DELETE", "/conferences/red");
      fixture.sleep(Duration.ofSeconds(10));
      assertThat(fixture.request("GET", "/conferences").data().isEmpty()).isTrue();
      JsonNode row = fixture.request("GET", "/conferences?running=true").data().path(0);
      assertThat(row.path("id").asString()).isEqualTo("red");
      assertThat(row.has("name")).isFalse();
      assertThat(row.path("members").asInt()).isOne();
      JsonNode now = row.path("_read_only");
      assertThat(now.path("moderators").asInt(-1)).isZero();
      assertThat(now.path("is_locked").asBoolean()).isTrue();
      assertThat(now.path("is_recording").asBoolean()).isTrue();
      long began = fixture.time.now().getEpochSecond() + 62_167_219_200L - 12;
      assertThat(now.path("start_time").asLong()).isBetween(began - 2, began + 2);
    });
  }

  @Test
  void aRunningConferenceIsListedWithTheNameButWithoutThePinsOfItsDocument()
      throws InterruptedException {
    fixture.request(
        "POST", "/conferences/red", "{'data':{'name':'Red','moderator':{'pins':['471100']}}}");
    fixture.run(() -> {
      assertThat(fixture.request("GET", "/conferences?running=true").data().isEmpty()).isTrue();
      fixture.ring("alice");
      fixture.sleep(Duration.ofSeconds(1));
      Reply reply = fixture.request("GET", "/conferences?running=true");
      assertThat(reply.data().path(0).path("name").asString()).isEqualTo("Red");
      assertThat(reply.body().toString()).doesNotContain("471100");
    });
  }

  @Test
  void theListOfRunningConferencesHasPagesAndFilters() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      for (String room : List.of("amber", "green")) {
        fixture.store.put(
            ApiFixture.ACME, DocumentType.CONFERENCE, room, ApiFixture.json("{'name':'x'}"));
        fixture.request(
            "PATCH", "/callflows/flow", "{'data':{'flow':{'data':{'id':'" + room + "'}}}}");
        fixture.call("caller-of-" + room);
        fixture.request("DELETE", "/conferences/" + room);
      }
      assertThat(ids(fixture.request("GET", "/conferences?running=true")))
          .containsExactly("red", "green", "amber");
      Reply first = fixture.request("GET", "/conferences?running=true&ascending=true&page_size=2");
      assertThat(ids(first)).containsExactly("amber", "green");
      assertThat(
              ids(
                  fixture.request(
                      "GET",
                      "/conferences?running=true&ascending=true&page_size=2&start_key="
                          + first.body().path("next_start_key").asString())))
          .containsExactly("red");
      assertThat(ids(fixture.request("GET", "/conferences?running=true&filter_name=Red")))
          .containsExactly("red");
      assertThat(ids(fixture.request("GET", "/conferences?running=true&key_missing=name")))
          .containsExactly("green", "amber");
    });
  }

  private static List<String> ids(Reply reply) {
    return reply.data().valueStream().map(row -> row.path("id").asString()).toList();
  }

  @Test
  void onlyRunningConferencesCanBeListed() {
    for (String path : List.of("/conferences?running=false", "/callflows?running=true")) {
      Reply reply = fixture.request("GET", path);
      assertThat(reply.status()).as(path).isEqualTo(400);
      assertThat(reply.data().has("running")).as(path).isTrue();
    }
  }

  @Test
  void theListOfRunningConferencesTellsFromWhereToFollowLaterOnes() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      fixture.hangUp("alice");
      Reply list = fixture.request("GET", "/conferences?running=true");
      long from = list.body().path("events_from").asLong();
      fixture.call("bob");
      fixture.sleep(Duration.ofSeconds(1));
      try (EventStream events = fixture.conferences.events(RED, from, 100)) {
        assertThat(events.next(Duration.ZERO).orElseThrow())
            .isInstanceOfSatisfying(
                EventStream.Item.Happened.class,
                item -> assertThat(item.event().name()).isEqualTo("conference-create"));
      }
    });
  }

  @Test
  void aParticipantIsFoundByMemberIdAndByCallId() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      JsonNode byCall = fixture.request("GET", "/conferences/red/participants/alice").data();
      int number = byCall.path("participant_id").asInt();
      JsonNode byNumber = fixture.request("GET", "/conferences/red/participants/" + number).data();
      assertThat(byNumber.path("call_id").asString()).isEqualTo("alice");
      assertThat(fixture.request("GET", "/conferences/red/participants/999").status())
          .isEqualTo(404);
      assertThat(fixture.request("GET", "/conferences/red/participants/abc").status())
          .isEqualTo(404);
    });
  }

  @Test
  void anIdleConferenceHasNoParticipants() {
    Reply reply = fixture.request("GET", "/conferences/red/participants");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data().isArray()).isTrue();
    assertThat(reply.data().isEmpty()).isTrue();
  }

  @Test
  void lockingIsAcceptedAndShown() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      Reply reply = fixture.request("PUT", "/conferences/red", "{'action':'lock','data':{}}");
      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.data().asString()).isEqualTo("ok");
      assertThat(reply.body().path("status").asString()).isEqualTo("success");
      assertThat(
              fixture
                  .request("GET", "/conferences/red")
                  .data()
                  .at("/_read_only/is_locked")
                  .asBoolean())
          .isTrue();
    });
  }

  @Test
  void anActionOnAnIdleConferenceIsAcceptedAndDoesNothing() {
    assertThat(fixture.request("PUT", "/conferences/red", "{'action':'lock'}").status())
        .isEqualTo(202);
  }

  @Test
  void anActionOnAnUnknownConferenceIsRefused() {
    Reply reply = fixture.request("PUT", "/conferences/green", "{'action':'lock'}");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.message()).isEqualTo("bad_identifier");
  }

  @Test
  void theActionMayBeInTheDataOrInTheQuery() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      assertThat(
              fixture
                  .request("PUT", "/conferences/red/participants", "{'data':{'action':'mute'}}")
                  .status())
          .isEqualTo(202);
      assertThat(canSpeak("alice")).isFalse();
      assertThat(fixture.request("PUT", "/conferences/red/participants?action=unmute").status())
          .isEqualTo(202);
      assertThat(canSpeak("alice")).isTrue();
    });
  }

  private boolean canSpeak(String call) {
    return fixture
        .request("GET", "/conferences/red/participants/" + call)
        .data()
        .path("speak")
        .asBoolean();
  }

  @Test
  void oneParticipantIsMutedAndKicked() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      fixture.call("bob");
      String alice = "/conferences/red/participants/alice";
      assertThat(fixture.request("PUT", alice, "{'data':{'action':'mute'}}").status())
          .isEqualTo(202);
      assertThat(canSpeak("alice")).isFalse();
      assertThat(canSpeak("bob")).isTrue();
      assertThat(fixture.request("PUT", alice, "{'data':{'action':'kick'}}").status())
          .isEqualTo(202);
      assertThat(fixture.request("GET", alice).status()).isEqualTo(404);
      assertThat(fixture.performed).extracting(it -> it.action()).containsExactly("mute", "kick");
    });
  }

  @Test
  void anUnknownActionIsAFaultyRequest() {
    for (String body : new String[] {"{'action':'dance'}", "{'data':{}}", ""}) {
      Reply reply = fixture.request("PUT", "/conferences/red", body);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.message()).isEqualTo("faulty_request");
    }
  }

  @Test
  void missingArgumentsOfAnActionAreNamed() {
    assertThat(fixture.request("PUT", "/conferences/red", "{'action':'play'}").data().path("data"))
        .hasToString("{\"required\":{\"message\":\"action 'play' requires a data object\"}}");
    assertThat(
            fixture
                .request("PUT", "/conferences/red", "{'action':'record','data':{'action':'maybe'}}")
                .data()
                .path("data.action")
                .has("enum"))
        .isTrue();
  }

  @Test
  void theErrorForRelatingAnAbsentParticipantContainsTheirId() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      Reply reply =
          fixture.request(
              "PUT",
              "/conferences/red/participants",
              "{'data':{'action':'relate','data':{'participant_id':'alice','other_participant':99}}}");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.data().path("id").asString()).isEqualTo("99");
    });
  }

  @Test
  void aRepeatedIdempotencyKeyIsAcceptedAgain() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      String body = "{'action':'vars','data':{'custom_conference_vars':{'colour':'red'}}}";
      var key = java.util.Map.of("Idempotency-Key", "4711");
      assertThat(fixture.request("PUT", "/conferences/red", body, key).status()).isEqualTo(202);
      assertThat(fixture.request("PUT", "/conferences/red", body, key).status()).isEqualTo(202);
      assertThat(
              fixture.request("GET", "/conferences/red").data().at("/metadata/colour").asString())
          .isEqualTo("red");
      assertThat(
              fixture
                  .request(
                      "PUT", "/conferences/red", body, java.util.Map.of("Idempotency-Key", "a b"))
                  .status())
          .isEqualTo(400);
    });
  }

  // ---- dial

  private Reply dial(String data) {
    return fixture.request("PUT", "/conferences/red", "{'action':'dial','data':" + data + "}");
  }

  @Test
  void aDialWithoutEndpointsIsRefused() {
    assertThat(dial("{'data':{'endpoints':[]}}").data().path("data.endpoints").has("minItems"))
        .isTrue();
    assertThat(dial("{'timeout':5}").data().path("data.endpoints").has("required")).isTrue();
    assertThat(dial("{}").data().path("data").has("required")).isTrue();
  }

  @Test
  void anInvalidEndpointIsNamedByItsPosition() {
    Reply reply = dial("{'endpoints':['1001','seventeenletters!']}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path("data.endpoints.2").has("enum")).isTrue();
    assertThat(dial("{'endpoints':['']}").data().path("data.endpoints.1").has("enum")).isTrue();
  }

  @Test
  void anUnknownFlagIsRefused() {
    assertThat(dial("{'endpoints':['1001'],'participant_flags':['foo']}").status()).isEqualTo(400);
  }

  @Test
  void bothFormsOfADialGetTheSameReply() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      Reply flat = dial("{'endpoints':['sip:bob@example.com'],'timeout':5}");
      Reply nested = dial("{'data':{'endpoints':['sip:bob@example.com'],'timeout':5}}");
      for (Reply reply : new Reply[] {flat, nested}) {
        assertThat(reply.status()).isEqualTo(202);
        JsonNode row = reply.data().at("/endpoint_responses/0");
        assertThat(row.path("endpoint_id").asString()).isEqualTo("sip:bob@example.com");
        assertThat(row.path("status").asString()).isEqualTo("error");
        assertThat(row.path("message").asString()).isNotEmpty();
      }
    });
  }

  @Test
  void aDialCreatesAConferenceThatIsNotStored() throws InterruptedException {
    fixture.run(() -> {
      Reply reply =
          fixture.request(
              "PUT",
              "/conferences/green",
              "{'action':'dial','data':{'endpoints':['sip:bob@example.com'],'timeout':5}}");
      assertThat(reply.status()).isEqualTo(202);
      assertThat(fixture.request("GET", "/conferences").data().size()).isOne();
    });
  }
}
