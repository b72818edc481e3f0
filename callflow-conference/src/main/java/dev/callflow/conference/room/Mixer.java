package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;
import java.util.function.Consumer;

/**
 * The switch's mixer: the port that an adapter implements.
 *
 * <p>Who may enter and when it ends is not decided here. Safe for use by any thread.
 */
public interface Mixer {

  /**
   * Tells whether the mixer can be used now.
   *
   * @return false while the link to it is down
   */
  boolean available();

  /**
   * Begins to put a leg into a room, creating the room if need be; does not block. What comes of it
   * arrives among the leg's events as {@link RoomSignal}.
   *
   * @param leg the leg; must be answered
   * @param room the room
   * @param entry how
   */
  void enter(CallId leg, RoomId room, Entry entry);

  /**
   * Carries out a command; blocks for at most five seconds.
   *
   * @param room the room
   * @param command what to do
   * @return the mixer's answer
   */
  MixerReply apply(RoomId room, MixerCommand command);

  /**
   * Asks how a room is now; blocks for at most five seconds.
   *
   * @param room the room
   * @return its state, that it does not exist, or that no answer came
   */
  SnapshotReply snapshot(RoomId room);

  /**
   * Asks to be told everything that happens in all rooms.
   *
   * @param listener gets the events in order, on one thread of the port; must not block
   */
  void listen(Consumer<MixerEvent> listener);
}
