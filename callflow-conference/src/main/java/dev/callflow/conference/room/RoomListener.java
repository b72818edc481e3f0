package dev.callflow.conference.room;

import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.limit.Grant;
import dev.callflow.core.limit.Lease;
import java.util.Optional;
import java.util.function.Supplier;

/** Receives the events of all rooms, and provides the rules from their documents. */
public interface RoomListener {

  /**
   * Called before a room opens, and so before its first event, on the thread of the caller or
   * operator who opens it; may block.
   *
   * @param room the room
   */
  void opening(RoomId room);

  /**
   * Prepares to open a room for a caller or operator; may block.
   *
   * @param room the room
   * @return requests permission to open the room, without blocking
   */
  default Supplier<Grant> permit(RoomId room) {
    return () -> new Grant.Granted(Lease.NONE);
  }

  /**
   * Counts a room that the mixer has opened; must not block.
   *
   * @param room the room
   * @return closed when the room has closed
   */
  default Lease opened(RoomId room) {
    return Lease.NONE;
  }

  /**
   * Returns whether a recording may start; may block.
   *
   * @param room the room
   * @return true if it may
   */
  default boolean mayRecord(RoomId room) {
    return true;
  }

  /**
   * Called for each event of a room, in order and one at a time, on any thread; must not block.
   *
   * @param event the event
   */
  void onEvent(RoomEvent event);

  /**
   * Called when a room that was already running has been adopted, and for each running room when a
   * lost connection to the mixer is restored; may block.
   *
   * @param room the room as the mixer shows it
   */
  default void adopted(MixerSnapshot room) {}

  /**
   * Called when the settings of a conference have been restored that an earlier process kept with a
   * caller outside; may block.
   *
   * @param room the room
   * @param settings the settings and the results of actions
   */
  default void restored(RoomId room, KeptSettings settings) {}

  /** Called when a room that was already running is counted for the first time; must not block. */
  default void roomAdopted() {}

  /**
   * Returns the rules of a room that is already running; may block.
   *
   * @param room the room
   * @return its rules; empty if there is no document
   */
  Optional<JoinRequest.Rules> rules(RoomId room);

  /**
   * Called when a room has closed and all data about it can be removed; must not block.
   *
   * @param room the room
   */
  void closed(RoomId room);

  /**
   * Called when the number of taken seats in any room changes; must not block.
   *
   * @param change the increase; negative for a decrease
   */
  void seats(int change);
}
