package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.event.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A conference's events as Server-Sent Events. */
class EventStreamTests {

  private static final String EVENTS = "/conferences/red/events";

  private final ApiFixture fixture = new ApiFixture();

  /** A transport that accepts every message immediately. */
  private static final class Reader implements Transport {
    final StringBuilder text = new StringBuilder();

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
    ApiFixture.Reply reply = fixture.request("GET", EVENTS, "", headers);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Type", "text/event-stream");
    Reader reader = new Reader();
    assertThat(
            fixture
                .api
                .sockets()
                .follow(reply.reply().events().orElseThrow(), "192.0.2.1", 1, reader))
        .isPresent();
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
  void streamClientsAreListedAmongTheSockets() throws InterruptedException {
    fixture.run(() -> {
      follow(Map.of());
      assertThat(fixture.request("GET", "/websockets").data().at("/0/kind").asString())
          .isEqualTo("server-sent-events");
    });
  }
}
