package dev.callflow.conference.mixer;

import java.util.Set;

/** What a mixer answers when it is asked which rooms it has. */
public sealed interface RoomsReply {

  /**
   * It has these.
   *
   * @param rooms the rooms that are ours
   */
  record Listed(Set<RoomId> rooms) implements RoomsReply {

    /** Copies the rooms. */
    public Listed {
      rooms = Set.copyOf(rooms);
    }
  }

  /**
   * No answer came: nothing is known.
   *
   * @param why for instance that the link is down
   */
  record NoAnswer(String why) implements RoomsReply {}
}
