package dev.callflow.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventHeader;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EncodedEventsTests {

  private final EncodedEvents encoded = new EncodedEvents();

  private static ConferenceEvent locked(long version) {
    return new ConferenceEvent.Locked(
        new EventHeader(
            new RoomId(new AccountId("acme"), "red"), "instance", version, 1, Instant.EPOCH));
  }

  @Test
  void theJsonOfAnEventIsMadeOnce() {
    ConferenceEvent event = locked(1);
    byte[] json = encoded.json(event);
    assertThat(json).isEqualTo(EventFormat.json(event.json()));
    assertThat(encoded.json(event)).isSameAs(json);
  }

  @Test
  void anotherEventHasItsOwnJson() {
    assertThat(encoded.json(locked(1))).asString().contains("\"version\":1");
    assertThat(encoded.json(locked(2))).asString().contains("\"version\":2");
  }
}
