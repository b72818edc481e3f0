package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.model.SimRoomState;
import java.util.List;

/** What {@code conference NAME VERB …} does with a room that is there. */
@FunctionalInterface
interface RoomVerb {

  /** Carries it out and returns what FreeSWITCH answers. */
  String run(SimRoomState room, List<String> words);
}
