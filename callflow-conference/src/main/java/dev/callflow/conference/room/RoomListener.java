package dev.callflow.conference.room;

import dev.callflow.conference.mixer.RoomId;
import java.util.Optional;

/** Watches all rooms, and knows their documents. */
public interface RoomListener {

  /**
   * A room is about to be opened. Called before the first event of the room, on the thread of the
   * caller or operator who opens it; may block.
   *
   * @param room the room
   */
  void opening(RoomId room);

  /**
   * Something happened in a room. Called on the room's thread, in order; must not block.
   *
   * @param event what
   */
  void onEvent(RoomEvent event);

  /**
   * Finds the rules of a room that is running already; may block.
   *
   * @param room the room
   * @return its rules; empty if there is no document
   */
  Optional<JoinRequest.Rules> rules(RoomId room);

  /**
   * A room is over, and everything about it can be forgotten; must not block.
   *
   * @param room the room
   */
  void closed(RoomId room);

  /**
   * More or fewer seats are taken in some room; must not block.
   *
   * @param change by how many
   */
  void seats(int change);
}
