package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.event.Transport;
import dev.callflow.simulator.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A conference's events as Server-Sent Events. */
class EventStreamTests {

  private static final String EVENTS = "/conferences/red/events";
  private static final String ALL_EVENTS = "/events";
  private static final String DIAL_CAROL =
      "{'action':'dial','data':{'endpoints':['sip:carol@example.com'],'timeout':1}}";

  private final ApiFixture fixture = new ApiFixture();

  /** A transport that accepts every message immediately. */
  private static final class Reader implements Transport {
    final StringBuilder text = new StringBuilder();
    Runnable disconnect = () -> {};

    @Override
    public void send(List<byte[]> messages, Runnable sent) {
      messages.forEach(it -> text.append(new String(it, StandardCharsets.UTF_8)));
      sent.run();
    }

    @Override
    public void abort() {
      text.append("aborted");
    }

    List<String> lines(String field) {
      return text.toString()
          .lines()
          .filter(line -> line.startsWith(field + ": "))
          .map(line -> line.substring(field.length() + 2))
          .toList();
    }
  }

  private Reader follow(Map<String, String> headers) {
    return follow(EVENTS, headers);
  }

  private Reader follow(String path, Map<String, String> headers) {
    return open(fixture, fixture.request("GET", path, "", headers));
  }

  private static Reader follow(ApiFixture fixture, Map<String, String> headers) {
    return open(fixture, fixture.request("GET", ALL_EVENTS, "", headers));
  }

  private static Reader open(ApiFixture fixture, ApiFixture.Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Type", "text/event-stream");
    Reader reader = new Reader();
    reader.disconnect =
        fixture
            .api
            .sockets()
            .follow(reply.reply().events().orElseThrow(), "192.0.2.1", 1, reader)
            .orElseThrow();
    return reader;
  }

  @Test
  void everyEventHasItsVersionNameAndData() throws InterruptedException {
    fixture.run(() -> {
      Reader reader = follow(Map.of());
      fixture.call("alice");
      assertThat(reader.lines("event")).containsExactly("conference-create", "add-member");
      assertThat(reader.lines("id")).hasSize(2);
      assertThat(reader.text).contains("\n\n");
      assertThat(ApiFixture.json(reader.lines("data").get(1)).path("caller_id_name").asString())
          .isEqualTo("Caller alice");
    });
  }

  @Test
  void aReturningClientReceivesTheEventsThatItMissed() throws InterruptedException {
    fixture.run(() -> {
      Reader reader = follow(Map.of());
      fixture.call("alice");
      fixture.call("bob");
      Reader again = follow(Map.of("Last-Event-ID", reader.lines("id").get(1)));
      fixture.hangUp("bob");
      assertThat(again.lines("event")).containsExactly("add-member", "del-member");
    });
  }

  @Test
  void aSilentStreamGetsHeartbeatComments() throws InterruptedException {
    fixture.run(() -> {
      Reader reader = follow(Map.of());
      fixture.sleep(Duration.ofSeconds(46));
      assertThat(reader.text).hasToString(":\n\n:\n\n:\n\n");
    });
  }

  @Test
  void followingAConferenceRequiresAccessToIt() {
    assertThat(fixture.request("GET", EVENTS, "", Map.of("X-Auth-Token", "other-token")).status())
        .isEqualTo(403);
    assertThat(fixture.request("GET", EVENTS, "", Map.of("X-Auth-Token", "wrong")).status())
        .isEqualTo(401);
    assertThat(fixture.request("GET", "/conferences/green/events").status()).isEqualTo(404);
    assertThat(fixture.request("PUT", EVENTS, "{'data':{}}").status()).isEqualTo(405);
    ApiFixture.Reply bad = fixture.request("GET", EVENTS, "", Map.of("Last-Event-ID", "yesterday"));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.data().has("Last-Event-ID")).isTrue();
  }

  @Test
  void theStreamOfAnAccountHasTheEventsOfAllItsConferencesInOneOrder() throws InterruptedException {
    fixture.run(() -> {
      Reader reader = follow(ALL_EVENTS, Map.of());
      fixture.call("alice");
      fixture.request("PUT", "/conferences/pop-up", DIAL_CAROL);
      fixture.sleep(Duration.ofSeconds(5));
      assertThat(reader.lines("event"))
          .containsSubsequence("conference-create", "add-member", "dial");
      assertThat(reader.lines("data")).allMatch(data -> data.contains("\"account_id\":\"acme\""));
      assertThat(reader.lines("id")).map(Long::parseLong).isSorted().doesNotHaveDuplicates();
    });
  }

  @Test
  void theStreamOfAnAccountContinuesWhereTheClientWasCutOff() throws InterruptedException {
    fixture.run(() -> {
      Reader reader = follow(ALL_EVENTS, Map.of());
      fixture.sleep(Duration.ofMillis(1));
      reader.disconnect.run();
      fixture.call("alice");
      Reader again = follow(ALL_EVENTS, Map.of("Last-Event-ID", reader.lines("id").getLast()));
      fixture.hangUp("alice");
      assertThat(again.lines("event"))
          .containsExactly("conference-create", "add-member", "del-member", "conference-destroy");
    });
  }

  @Test
  void aClientOfAnAccountReadsHowManyEventsItHasMissed() throws InterruptedException {
    ApiFixture fixture =
        new ApiFixture(new VirtualTime(), SocketLimits.STANDARD.slow(8, Duration.ofSeconds(30)));
    fixture.run(() -> {
      Reader reader = follow(fixture, Map.of());
      fixture.call("alice");
      reader.disconnect.run();
      long seen = Long.parseLong(reader.lines("id").getLast());
      for (int i = 0; i < 3; i++) {
        fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
        fixture.request("PUT", "/conferences/red", "{'action':'unlock'}");
      }
      fixture.sleep(Duration.ofSeconds(1));
      Reader again = follow(fixture, Map.of("Last-Event-ID", String.valueOf(seen)));
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(again.lines("data").getFirst()).isEqualTo("{\"count\":2}");
      assertThat(again.lines("event").getFirst()).isEqualTo("missed");
      assertThat(again.lines("id").getFirst()).isEqualTo(String.valueOf(seen + 3));
    });
  }

  @Test
  void aClientWithAnIdOfAnotherRunReadsThatItHasMissedAnUnknownNumberOfEvents()
      throws InterruptedException {
    fixture.run(() -> {
      Reader reader = follow(ALL_EVENTS, Map.of("Last-Event-ID", "17"));
      fixture.sleep(Duration.ofMillis(1));
      assertThat(reader.lines("event")).containsExactly("missed");
      assertThat(reader.lines("data")).containsExactly("{\"count\":0}");
    });
  }

  @Test
  void theStreamOfAnAccountHasNoEventsOfOthers() throws InterruptedException {
    fixture.run(() -> {
      Reader reader =
          open(
              fixture,
              fixture.send(
                  "/v2/accounts/other/events",
                  "GET",
                  "",
                  Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN)));
      fixture.call("alice");
      assertThat(reader.lines("event")).isEmpty();
      assertThat(
              fixture
                  .request("GET", ALL_EVENTS, "", Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN))
                  .status())
          .isEqualTo(403);
    });
  }

  @Test
  void streamClientsAreListedAmongTheSockets() throws InterruptedException {
    fixture.run(() -> {
      follow(Map.of());
      assertThat(fixture.request("GET", "/websockets").data().at("/0/kind").asString())
          .isEqualTo("server-sent-events");
    });
  }
}
