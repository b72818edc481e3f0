package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A receiver that does not answer costs nobody but itself anything. */
class IsolatedWebhooksIT {

  @Test
  void aReceiverThatHangsDelaysNoOther() {
    CountDownLatch released = new CountDownLatch(1);
    try (TestReceiver hanging = TestReceiver.start();
        WebhookBed bed =
            new WebhookBed(
                TimeSource.system(),
                TestReceiver.start(),
                options -> options.allow(List.of("127.0.0.1")))) {
      hanging.answer =
          exchange -> {
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(204, -1);
          };
      bed.create(hanging.uri(), ",'events':['lock','unlock']");
      bed.create(",'events':['lock','unlock']");
      bed.fixture.ring("alice");
      Eventually.holds(
          "alice is in the room",
          () -> bed.fixture.request("GET", "/conferences/red/participants").data().size() == 1);
      bed.fixture.request("PUT", "/conferences/red", "{'action':'lock'}");
      Eventually.holds("the hanging receiver has an event", () -> hanging.received.size() == 1);
      bed.fixture.request("PUT", "/conferences/red", "{'action':'unlock'}");
      Eventually.holds(
          "the other has both", () -> bed.receiver.events().equals(List.of("lock", "unlock")));
      assertThat(hanging.events()).containsExactly("lock");
      released.countDown();
      Eventually.holds("the hanging one continues", () -> hanging.received.size() == 2);
    }
  }
}
