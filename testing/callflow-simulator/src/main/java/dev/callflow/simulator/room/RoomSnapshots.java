package dev.callflow.simulator.room;

import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;

/** Shows a room and its members as they are now, for the events about them. */
interface RoomSnapshots {

  SimRoomState state();

  MemberState state(SimMember member);
}
