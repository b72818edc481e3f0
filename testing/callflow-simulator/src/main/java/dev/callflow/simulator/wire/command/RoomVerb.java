package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.model.SimRoomState;
import java.util.List;

/** The implementation of {@code conference NAME VERB …} for an existing room. */
@FunctionalInterface
interface RoomVerb {

  /** Carries out the command and returns FreeSWITCH's answer. */
  String run(SimRoomState room, List<String> words);
}
