package dev.callflow.benchmarks.rooms;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A mixer that tells what it is fed, and shows rooms as they were opened. */
public final class FedMixer implements Mixer {

  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Consumer<MixerEvent>> listeners = new ArrayList<>();
  private final int members;

  /**
   * Makes a mixer without rooms.
   *
   * @param members how many are in each room
   */
  public FedMixer(int members) {
    this.members = members;
  }

  /**
   * Names a room.
   *
   * @param number which
   * @return the room of that number
   */
  public static RoomId room(int number) {
    return new RoomId(new AccountId("acme"), "room-" + number);
  }

  /**
   * Names the life of a room.
   *
   * @param room the room
   * @return the name
   */
  public static String instance(RoomId room) {
    return "life of " + room.conference();
  }

  /**
   * Describes one who is in.
   *
   * @param number his number
   * @return him
   */
  public static Member member(int number) {
    return new Member(
        new CallId("call-" + number),
        number,
        new Member.Party("Name", "1000"),
        Member.Flags.NONE,
        new Member.Levels(100, 0, 0),
        SINCE);
  }

  /**
   * Opens a room with all its members.
   *
   * @param room the room
   */
  public void open(RoomId room) {
    tell(new MixerEvent.Created(room, instance(room)));
    for (int i = 0; i < members; i++) {
      tell(new MixerEvent.Added(room, instance(room), member(i)));
    }
  }

  /**
   * Tells what happens.
   *
   * @param event what
   */
  public void tell(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions entry) {}

  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    return new MixerReply.Done();
  }

  @Override
  public SnapshotReply snapshot(RoomId room) {
    return new SnapshotReply.Shown(
        new MixerSnapshot(
            room,
            instance(room),
            SINCE,
            false,
            false,
            IntStream.range(0, members).mapToObj(FedMixer::member).toList(),
            Set.of(),
            Map.of()));
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }
}
