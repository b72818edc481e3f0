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

/**
 * A mixer that publishes the events it is given, mutes members, and whose snapshots show the rooms
 * as they were when opened.
 */
public final class PublishingMixer implements Mixer {

  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Consumer<MixerEvent>> listeners = new ArrayList<>();
  private final int members;

  /**
   * Creates a mixer without rooms.
   *
   * @param members the number of members of each room
   */
  public PublishingMixer(int members) {
    this.members = members;
  }

  /**
   * Returns the id of a room.
   *
   * @param number the number of the room
   * @return the id of the room
   */
  public static RoomId room(int number) {
    return new RoomId(new AccountId("acme"), "room-" + number);
  }

  /**
   * Returns the instance id of a room.
   *
   * @param room the room
   * @return the instance id
   */
  public static String instance(RoomId room) {
    return "instance of " + room.conference();
  }

  /**
   * Returns a member of a room.
   *
   * @param number the number of the member
   * @return the member
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
    publish(new MixerEvent.Created(room, instance(room)));
    for (int i = 0; i < members; i++) {
      publish(new MixerEvent.Added(room, instance(room), member(i)));
    }
  }

  /**
   * Publishes an event to all listeners.
   *
   * @param event the event
   */
  public void publish(MixerEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void enter(CallId leg, RoomId room, JoinOptions entry) {}

  /** Mutes a member; all other commands do nothing. */
  @Override
  public MixerReply apply(RoomId room, MixerCommand command) {
    if (command instanceof MixerCommand.Mute(CallId call, boolean on)) {
      int number = Integer.parseInt(call.value().substring("call-".length()));
      publish(
          new MixerEvent.Changed(
              room,
              instance(room),
              on ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED,
              member(number)));
    }
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
            IntStream.range(0, members).mapToObj(PublishingMixer::member).toList(),
            Set.of(),
            Map.of()));
  }

  @Override
  public void listen(Consumer<MixerEvent> listener) {
    listeners.add(listener);
  }
}
