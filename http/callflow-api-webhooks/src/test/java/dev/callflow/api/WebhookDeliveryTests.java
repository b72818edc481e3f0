package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of an account arrive at its webhooks. */
class WebhookDeliveryTests {

  private final WebhookBed bed = new WebhookBed();
  private final ApiFixture fixture = bed.fixture;
  private final TestReceiver receiver = bed.receiver;

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void eventsArriveInOrderWithTheDataOfTheWebhook() throws InterruptedException {
    fixture.run(() -> {
      bed.create(",'custom_data':{'customer':4711}");
      fixture.call("alice");
      fixture.hangUp("alice");
      assertThat(receiver.events())
          .containsExactly("conference-create", "add-member", "del-member", "conference-destroy");
      JsonNode joined = receiver.received.get(1).json();
      assertThat(joined.path("caller_id_name").asString()).isEqualTo("Caller alice");
      assertThat(joined.path("account_id").asString()).isEqualTo("acme");
      assertThat(joined.at("/custom_data/customer").asInt()).isEqualTo(4711);
    });
  }

  @Test
  void aDeliveryIsSignedWithItsTime() throws InterruptedException {
    fixture.run(() -> {
      bed.create(",'secret':'" + WebhookBed.SECRET + "'");
      fixture.call("alice");
      TestReceiver.Received first = receiver.received.getFirst();
      String time = String.valueOf(fixture.time.now().getEpochSecond());
      String header = first.header("Callflow-signature");
      String signed = header.substring(2, header.indexOf(','));
      assertThat(Long.parseLong(time) - Long.parseLong(signed)).isBetween(0L, 2L);
      assertThat(header).isEqualTo("t=" + signed + ",v1=" + hmac(signed + "." + first.body()));
      assertThat(first.header("Callflow-event")).isEqualTo("conference-create");
      assertThat(first.header("Content-type")).isEqualTo("application/json");
    });
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(WebhookBed.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyTheChosenEventsOfTheAccountArrive() throws InterruptedException {
    fixture.run(() -> {
      bed.create(",'events':['add-member','lock']");
      fixture.call("alice");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(receiver.events()).containsExactly("add-member", "lock");
    });
  }

  @Test
  void aHookMayBeTheNameOfAnEvent() throws InterruptedException {
    fixture.run(() -> {
      bed.create(",'hook':'add-member'");
      fixture.call("alice");
      assertThat(receiver.events()).containsExactly("add-member");
    });
  }

  @Test
  void aWebhookOfAnotherAccountReceivesNothing() throws InterruptedException {
    fixture.run(() -> {
      fixture.send(
          "/v2/accounts/other/webhooks",
          "PUT",
          "{'data':{'name':'Theirs','uri':'" + receiver.uri() + "'}}",
          Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN));
      fixture.call("alice");
      // Behind the events of alice on the same path.
      bed.create("");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(receiver.events()).containsExactly("lock");
    });
  }

  @Test
  void aFailedDeliveryIsRepeatedWithTheSameIdAfterGrowingPauses() throws InterruptedException {
    fixture.run(() -> {
      List<Instant> times = new CopyOnWriteArrayList<>();
      AtomicInteger failures = new AtomicInteger(4);
      receiver.answer =
          exchange -> {
            times.add(fixture.time.now());
            exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? 500 : 200, -1);
          };
      String id = bed.create("");
      fixture.call("alice");
      fixture.sleep(Duration.ofMinutes(2));
      assertThat(receiver.events())
          .containsExactly(
              "conference-create",
              "conference-create",
              "conference-create",
              "conference-create",
              "conference-create",
              "add-member");
      assertThat(receiver.received.stream().limit(5).map(it -> it.header("Callflow-delivery")))
          .hasSize(5)
          .containsOnly(receiver.received.getFirst().header("Callflow-delivery"));
      assertThat(receiver.received.get(5).header("Callflow-delivery"))
          .isNotEqualTo(receiver.received.getFirst().header("Callflow-delivery"));
      List<Long> pauses = new ArrayList<>();
      for (int i = 1; i < 5; i++) {
        pauses.add(Duration.between(times.get(i - 1), times.get(i)).toSeconds());
      }
      assertThat(pauses).containsExactly(5L, 10L, 20L, 40L);
      assertThat(bed.attempts(id))
          .extracting(it -> it.path("result").asString() + " " + it.path("attempt").asInt())
          .containsExactly(
              "success 1", "success 5", "failure 4", "failure 3", "failure 2", "failure 1");
      assertThat(bed.attempts(id).get(2).path("response_code").asInt()).isEqualTo(500);
    });
  }

  @Test
  void aRedirectIsNotFollowed() throws InterruptedException {
    try (TestReceiver other = TestReceiver.start()) {
      fixture.run(() -> {
        receiver.answer = TestReceiver.redirect(other.uri());
        String id = bed.create("");
        fixture.call("alice");
        assertThat(other.received).isEmpty();
        assertThat(bed.attempts(id).getFirst().path("error").asString())
            .isEqualTo("the receiver redirects (307), which is not followed");
      });
    }
  }

  @Test
  void aWebhookThatFailsForADayIsSwitchedOffAndSaysWhy() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(503);
      String id = bed.create("");
      fixture.call("alice");
      fixture.sleep(Duration.ofHours(23));
      assertThat(document(id).path("enabled").asBoolean()).isTrue();
      fixture.sleep(Duration.ofHours(3));
      assertThat(document(id).path("enabled").asBoolean()).isFalse();
      assertThat(document(id).path("disabled_reason").asString())
          .isEqualTo(
              "no event has arrived for 24 hours; the last failure: the receiver answers 503");
      assertThat(document(id).path("disabled_at").asString()).startsWith("2026-01-0");
      assertThat(bed.attempts(id).getFirst().path("result").asString()).isEqualTo("dropped");
      assertThat(receiver.received).hasSizeLessThan(50);

      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      ApiFixture.Reply enabled =
          fixture.request("PATCH", "/webhooks/" + id, "{'data':{'enabled':true}}");
      assertThat(enabled.data().has("disabled_reason")).isFalse();
      assertThat(enabled.data().has("disabled_at")).isFalse();
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(receiver.events()).containsExactly("lock");
    });
  }

  @Test
  void aWebhookThatIsReplacedByOneThatIsSwitchedOnDeliversNewEvents() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(410);
      String id = bed.create("");
      fixture.call("alice");
      ObjectNode whole = (ObjectNode) document(id);
      assertThat(whole.path("disabled_reason").asString()).isNotEmpty();

      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      whole.put("enabled", true);
      ApiFixture.Reply enabled =
          fixture.request("POST", "/webhooks/" + id, Json.object().set("data", whole).toString());
      assertThat(enabled.status()).isEqualTo(200);
      assertThat(enabled.data().path("enabled").asBoolean()).isTrue();
      assertThat(enabled.data().has("disabled_reason")).isFalse();
      assertThat(enabled.data().has("disabled_at")).isFalse();
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(receiver.events()).containsExactly("lock");
    });
  }

  @Test
  void failuresBeforeAWebhookWasSwitchedOnDoNotCount() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(503);
      String id = bed.create("");
      fixture.call("alice");
      fixture.sleep(Duration.ofHours(2));
      fixture.request("PATCH", "/webhooks/" + id, "{'data':{'enabled':false}}");
      fixture.sleep(Duration.ofDays(3));
      fixture.request("PATCH", "/webhooks/" + id, "{'data':{'enabled':true}}");
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofHours(23));
      assertThat(document(id).path("enabled").asBoolean()).isTrue();
      fixture.sleep(Duration.ofHours(3));
      assertThat(document(id).path("enabled").asBoolean()).isFalse();
    });
  }

  @Test
  void aWebhookThatIsSwitchedOffAndOnTriesAgainWithoutItsPause() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(503);
      String id = bed.create("");
      fixture.call("alice");
      fixture.sleep(Duration.ofHours(3));
      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      fixture.request("PATCH", "/webhooks/" + id, "{'data':{'enabled':false}}");
      fixture.request("PATCH", "/webhooks/" + id, "{'data':{'enabled':true}}");
      fixture.sleep(Duration.ofMinutes(1));
      assertThat(receiver.events()).containsExactly("conference-create", "add-member");
    });
  }

  @Test
  void allWebhooksThatTheHostHasSwitchedOffAreSwitchedOnAtOnce() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(410);
      String first = bed.create("");
      String second = bed.create("");
      String byHand = bed.create(",'enabled':false");
      fixture.call("alice");
      assertThat(document(first).path("enabled").asBoolean()).isFalse();
      assertThat(document(second).path("enabled").asBoolean()).isFalse();

      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      ApiFixture.Reply reply = fixture.request("PATCH", "/webhooks", "{'data':{'re-enable':true}}");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.data().asString()).isEqualTo("hooks updated");
      for (String id : List.of(first, second)) {
        assertThat(document(id).path("enabled").asBoolean()).isTrue();
        assertThat(document(id).has("disabled_reason")).isFalse();
      }
      assertThat(document(byHand).path("enabled").asBoolean()).isFalse();
      fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(receiver.events()).containsExactly("lock", "lock");
    });
  }

  private JsonNode document(String id) {
    return fixture.request("GET", "/webhooks/" + id).data();
  }

  @Test
  void aReceiverThatIsGoneGetsNoMoreEvents() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(410);
      String id = bed.create("");
      fixture.call("alice");
      assertThat(receiver.events()).containsExactly("conference-create");
      assertThat(document(id).path("enabled").asBoolean()).isFalse();
      assertThat(document(id).path("disabled_reason").asString())
          .isEqualTo("the receiver answers 410, so it wants no more events");
    });
  }

  @Test
  void eventsOutliveARestartOfTheHost() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(500);
      bed.create("");
      fixture.call("alice");
      bed.stopHosts();
      receiver.answer = TestReceiver.OK;
      String id = receiver.received.getFirst().header("Callflow-delivery");
      receiver.received.clear();
      bed.host();
      fixture.sleep(Duration.ofMinutes(1));
      assertThat(receiver.events()).containsExactly("conference-create", "add-member");
      assertThat(receiver.received.getFirst().header("Callflow-delivery")).isEqualTo(id);
    });
  }

  @Test
  void ofTwoHostsWithOneStoreOnlyOneDelivers() throws InterruptedException {
    fixture.run(() -> {
      bed.create("");
      receiver.answer = TestReceiver.status(500);
      fixture.call("alice");
      bed.stopHosts();
      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      bed.host();
      bed.host();
      fixture.sleep(Duration.ofMinutes(2));
      assertThat(receiver.events()).containsExactly("conference-create", "add-member");
    });
  }

  @Test
  void anotherHostTakesOverTheEventsOfOneThatHasDied() throws InterruptedException {
    fixture.run(() -> {
      bed.create("");
      receiver.answer = TestReceiver.status(500);
      fixture.call("alice");
      bed.stopHosts();
      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      // As if a host had claimed the webhook and died.
      bed.records.list(RecordQuery.oldest(RecordKind.PENDING_DELIVERY, 100)).stream()
          .filter(it -> it.account().isEmpty())
          .forEach(it -> bed.records.claim(it, fixture.time.now().plusSeconds(60)));
      bed.host();
      fixture.sleep(Duration.ofSeconds(30));
      assertThat(receiver.events()).isEmpty();
      fixture.sleep(Duration.ofSeconds(60));
      assertThat(receiver.events()).containsExactly("conference-create", "add-member");
    });
  }

  @Test
  void aDeletedWebhookReceivesNothingMore() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(500);
      String id = bed.create("");
      fixture.call("alice");
      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      fixture.request("DELETE", "/webhooks/" + id);
      fixture.sleep(Duration.ofMinutes(10));
      assertThat(receiver.received).isEmpty();
      assertThat(bed.records.list(RecordQuery.oldest(RecordKind.PENDING_DELIVERY, 100))).isEmpty();
    });
  }

  @Test
  void aTestReportsTheAnswerAndEndsThePause() throws InterruptedException {
    fixture.run(() -> {
      receiver.answer = TestReceiver.status(500);
      String id = bed.create(",'secret':'" + WebhookBed.SECRET + "'");
      fixture.call("alice");
      fixture.sleep(Duration.ofMinutes(20));
      ApiFixture.Reply failed = fixture.request("PUT", "/webhooks/" + id + "/test");
      assertThat(failed.status()).isEqualTo(202);
      assertThat(failed.data().path("result").asString()).isEqualTo("failure");
      assertThat(failed.data().path("response_code").asInt()).isEqualTo(500);
      receiver.answer = TestReceiver.OK;
      receiver.received.clear();
      ApiFixture.Reply passed = fixture.request("PUT", "/webhooks/" + id + "/test");
      assertThat(passed.data().path("result").asString()).isEqualTo("success");
      fixture.sleep(Duration.ofSeconds(10));
      assertThat(receiver.events()).containsExactly("test", "conference-create", "add-member");
      assertThat(receiver.received.getFirst().header("Callflow-signature")).startsWith("t=");
    });
  }

  @Test
  void testsAreLimitedForEachAccount() throws InterruptedException {
    fixture.run(() -> {
      String id = bed.create("");
      String statuses =
          IntStream.range(0, 11)
              .map(i -> fixture.request("PUT", "/webhooks/" + id + "/test").status())
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(" "));
      assertThat(statuses).isEqualTo("202 202 202 202 202 202 202 202 202 202 429");
    });
  }

  @Test
  void attemptsAreListedInPages() throws InterruptedException {
    fixture.run(() -> {
      String id = bed.create("");
      fixture.call("alice");
      fixture.call("bob");
      JsonNode first = fixture.request("GET", "/webhooks/" + id + "/attempts?page_size=2").body();
      assertThat(first.at("/data/0/event").asString()).isEqualTo("add-member");
      assertThat(first.path("page_size").asInt()).isEqualTo(2);
      JsonNode second =
          fixture
              .request(
                  "GET",
                  "/webhooks/attempts?page_size=2&start_key="
                      + first.path("next_start_key").asString())
              .body();
      assertThat(second.at("/data/0/event").asString()).isEqualTo("conference-create");
      assertThat(second.path("data")).hasSize(1);
      assertThat(second.has("next_start_key")).isFalse();
      assertThat(fixture.request("GET", "/webhooks/attempts?start_key=x").status()).isEqualTo(400);
      assertThat(fixture.request("GET", "/webhooks/unknown/attempts").status()).isEqualTo(404);
      assertThat(second.toString()).doesNotContain("of-the-receiver");
    });
  }
}
