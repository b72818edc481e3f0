package dev.callflow.conference.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
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
        sequence ->
            Optional.of(
                new ConferenceEvent.Locked(
                    new EventHeader(ROOM, "i-1", version, sequence, Instant.EPOCH))));
  }

  private static List<Long> versions(EventStream stream) throws InterruptedException {
    return all(stream).stream().map(ConferenceEvent::version).toList();
  }

  private static List<Long> sequences(EventStream stream) throws InterruptedException {
    return all(stream).stream().map(ConferenceEvent::sequence).toList();
  }

  private static List<ConferenceEvent> all(EventStream stream) throws InterruptedException {
    List<ConferenceEvent> all = new ArrayList<>();
    Optional<EventStream.Item> item = stream.next(Duration.ZERO);
    while (item.isPresent()) {
      all.add(((EventStream.Item.Happened) item.get()).event());
      item = stream.next(Duration.ZERO);
    }
    return all;
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
  void anEventThatIsNotPublishedLeavesNoGapInTheSequence() throws Exception {
    EventStream stream = logs.begin(ROOM, Long.MAX_VALUE, 0, 100);
    publish(1);
    assertThat(logs.publish(ROOM, sequence -> Optional.empty())).isEmpty();
    publish(3);
    assertThat(sequences(stream)).containsExactly(1L, 2L);
  }

  @Test
  void aStreamOfAConferenceThatIsNotRunningGetsAllLaterEvents() throws Exception {
    EventStream stream = logs.begin(ROOM, Long.MAX_VALUE, 0, 100);
    publish(1);
    assertThat(versions(stream)).containsExactly(1L);
  }
}
