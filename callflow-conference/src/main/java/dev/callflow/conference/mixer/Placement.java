package dev.callflow.conference.mixer;

import java.util.List;
import java.util.Optional;

/** Decides on which switch a room begins to live. */
@FunctionalInterface
public interface Placement {

  /** Where the first caller is; for a room that calls out, the first switch that can be used. */
  Placement FIRST_CALLER = (room, at, usable) -> at.orElse(usable.getFirst());

  /**
   * Chooses a switch.
   *
   * @param room the room
   * @param at the switch where the leg is for which the room begins; empty if there is no leg yet
   * @param usable the switches that can be used now, in the order of their configuration; not empty
   * @return one of them
   */
  String place(RoomId room, Optional<String> at, List<String> usable);
}
