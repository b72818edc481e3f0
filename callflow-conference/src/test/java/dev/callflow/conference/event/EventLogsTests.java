package dev.callflow.conference.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Streams start where a view ends, although events reach the log after they are decided. */
class EventLogsTests {

  private static final RoomId ROOM = new RoomId(new AccountId("acme"), "board");

  private final EventLogs logs = new EventLogs(TimeSource.system());

  private void publish(long version) {
    logs.publish(
        ROOM,
        sequence -> new ConferenceEvent(ROOM, EventType.LOCK, version, sequence, Json::object));
  }

  private static List<Long> versions(EventStream stream) throws InterruptedException {
    List<Long> versions = new ArrayList<>();
    Optional<EventStream.Item> item = stream.next(Duration.ZERO);
    while (item.isPresent()) {
      versions.add(((EventStream.Item.Happened) item.get()).event().version());
      item = stream.next(Duration.ZERO);
    }
    return versions;
  }

  @Test
  void aStreamRepeatsNoEventThatItsViewShows() throws Exception {
    publish(9);
    EventStream stream = logs.begin(ROOM, 10, 11, 100);
    publish(10);
    publish(11);
    publish(12);
    assertThat(versions(stream)).containsExactly(11L, 12L);
  }

  @Test
  void aStreamOfNewEventsStartsAtTheCurrentVersion() throws Exception {
    publish(9);
    EventStream stream = logs.begin(ROOM, Long.MAX_VALUE, 10, 100);
    publish(10);
    publish(11);
    assertThat(versions(stream)).containsExactly(11L);
  }

  @Test
  void aStreamOfAConferenceThatIsNotRunningGetsAllLaterEvents() throws Exception {
    EventStream stream = logs.begin(ROOM, Long.MAX_VALUE, 0, 100);
    publish(1);
    assertThat(versions(stream)).containsExactly(1L);
  }
}
