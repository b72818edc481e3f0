package dev.callflow.benchmarks.growth;

import dev.callflow.benchmarks.rooms.PublishingMixer;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.stream.IntStream;

/** A room of ten members, and a number of streams of its events that nobody reads. */
final class GrowthOfSubscribers {

  private static final List<Integer> SIZES = List.of(1, 10, 100, 1_000, 10_000);
  private static final int MEMBERS = 10;
  private static final int BUFFERED = 16;

  private final PublishingMixer mixer = new PublishingMixer(MEMBERS);
  private final RoomId room = PublishingMixer.room(1);
  private final Conferences conferences =
      Conferences.builder(new MemoryStore(), mixer, TimeSource.system()).build();

  /** The room's log keeps the streams, too. */
  private final List<EventStream> streams;

  private int turn;

  private GrowthOfSubscribers(int size) {
    mixer.open(room);
    streams =
        IntStream.range(0, size).mapToObj(i -> conferences.events(room, 0, BUFFERED)).toList();
  }

  static void print() {
    GrowthTable table = new GrowthTable("streams of the events of a room", SIZES);
    List<GrowthOfSubscribers> all = SIZES.stream().map(GrowthOfSubscribers::new).toList();
    table.row(
        "an event, on the room's thread", all.stream().map(it -> (GrowthStep) it::event).toList());
    table.row(
        "the same, for each stream",
        all.stream().map(it -> (GrowthStep) it::eventForEach).toList());
    table.row(
        "a stream is opened and closed",
        all.stream().map(it -> (GrowthStep) it::opensStream).toList());
  }

  private int event() {
    int member = turn % MEMBERS;
    boolean on = turn / MEMBERS % 2 == 0;
    turn++;
    mixer.publish(
        new MixerEvent.Changed(
            room,
            PublishingMixer.instance(room),
            on ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED,
            PublishingMixer.member(member)));
    return 1;
  }

  private int eventForEach() {
    event();
    return streams.size();
  }

  private int opensStream() {
    conferences.events(room, Long.MAX_VALUE, BUFFERED).close();
    return 1;
  }
}
