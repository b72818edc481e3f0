package dev.callflow.conference.publish;

import static dev.callflow.conference.room.Sample.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventHeader;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Subscribers receive the events of a room in order, and cannot block the room. */
class EventDeliveryTests {

  private static final RoomId OTHER = new RoomId(new AccountId("acme"), "other");

  private final EventDelivery delivery = new EventDelivery(TimeSource.system());
  private final BlockingQueue<Long> delivered = new LinkedBlockingQueue<>();

  private static ConferenceEvent event(RoomId room, long sequence) {
    return new ConferenceEvent.Locked(
        new EventHeader(room, "i-1", sequence, sequence, Instant.EPOCH));
  }

  private Long next() throws InterruptedException {
    return delivered.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void eventsOfARoomArriveInOrder() throws Exception {
    delivery.onEvent(event -> delivered.add(event.sequence()));
    List<Long> sent = new ArrayList<>();
    List<Long> received = new ArrayList<>();
    for (long i = 0; i < 1_000; i++) {
      sent.add(i);
      delivery.deliver(event(ROOM, i));
    }
    for (int i = 0; i < 1_000; i++) {
      received.add(next());
    }
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void aBlockedSubscriberStopsNeitherThePublisherNorOtherRooms() throws Exception {
    CountDownLatch mayContinue = new CountDownLatch(1);
    delivery.onEvent(event -> {
      if (event.room().equals(ROOM)) {
        await(mayContinue);
      }
      delivered.add(event.sequence());
    });
    delivery.deliver(event(ROOM, 1));
    delivery.deliver(event(ROOM, 2));
    delivery.deliver(event(OTHER, 3));
    assertThat(next()).isEqualTo(3);
    mayContinue.countDown();
    assertThat(next()).isEqualTo(1);
    assertThat(next()).isEqualTo(2);
  }

  @Test
  void aSubscriberThatBlocksTooLongLosesTheNewestEvents() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayContinue = new CountDownLatch(1);
    delivery.onEvent(event -> {
      started.countDown();
      await(mayContinue);
      delivered.add(event.sequence());
    });
    delivery.deliver(event(ROOM, 0));
    await(started);
    for (long i = 1; i <= EventDelivery.MAX_WAITING + 5; i++) {
      delivery.deliver(event(ROOM, i));
    }
    mayContinue.countDown();
    for (long i = 0; i <= EventDelivery.MAX_WAITING; i++) {
      assertThat(next()).isEqualTo(i);
    }
    delivery.deliver(event(ROOM, 99_999));
    assertThat(next()).isEqualTo(99_999);
  }

  @Test
  void otherSubscribersReceiveAllEventsIfOneFails() throws Exception {
    delivery.onEvent(event -> {
      throw new IllegalStateException("a bug in the application");
    });
    delivery.onEvent(event -> delivered.add(event.sequence()));
    delivery.deliver(event(ROOM, 1));
    delivery.deliver(event(ROOM, 2));
    assertThat(next()).isEqualTo(1);
    assertThat(next()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
