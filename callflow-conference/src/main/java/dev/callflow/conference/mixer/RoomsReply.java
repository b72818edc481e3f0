package dev.callflow.conference.mixer;

import java.util.Set;

/** The mixer's reply to a request for a list of its rooms. */
public sealed interface RoomsReply {

  /**
   * The mixer listed its rooms.
   *
   * @param rooms the rooms that belong to this application
   */
  record Listed(Set<RoomId> rooms) implements RoomsReply {

    /** Copies the rooms. */
    public Listed {
      rooms = Set.copyOf(rooms);
    }
  }

  /**
   * No reply arrived; the rooms are unknown.
   *
   * @param why the reason for the missing reply, for instance that the link is down
   */
  record NoAnswer(String why) implements RoomsReply {}
}
