package dev.callflow.conference.mixer;

import java.util.List;
import java.util.Optional;

/** Chooses the switch on which a new room runs. */
@FunctionalInterface
public interface Placement {

  /**
   * Chooses the switch of the first caller's leg. If there is no such leg because the room begins
   * by dialling out, chooses the first usable switch.
   */
  Placement FIRST_CALLER = (room, at, usable) -> at.orElse(usable.getFirst());

  /**
   * Chooses a switch.
   *
   * @param room the room
   * @param at the switch of the leg for which the room is created; empty if there is no leg
   * @param usable the switches that can be used now, in the configured order; not empty
   * @return one of the usable switches
   */
  String place(RoomId room, Optional<String> at, List<String> usable);
}
