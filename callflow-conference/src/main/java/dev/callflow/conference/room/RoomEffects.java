package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;

/** The work that a room's decisions cause outside its own thread; no method blocks. */
interface RoomEffects {

  /** Puts a member out of the mixer's room. */
  void kick(CallId call);

  /** Stops dialling a leg. */
  void cancel(CallId call);

  /** Begins the recording that the room's document asks for. */
  void record();

  /** Counts seats that were taken, or given back if negative. */
  void seats(int change);
}
