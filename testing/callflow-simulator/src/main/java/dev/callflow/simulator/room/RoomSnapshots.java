package dev.callflow.simulator.room;

import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;

/** Takes snapshots of a room and its members for events. */
interface RoomSnapshots {

  SimRoomState state();

  MemberState state(SimMember member);
}
