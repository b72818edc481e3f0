package dev.callflow.conference.room;

import dev.callflow.core.call.CallId;
import java.util.Map;

/** Effects of a room's decisions outside its own thread. No method blocks. */
interface RoomEffects {

  /** Kicks a member from the mixer's room. */
  void kick(CallId call);

  /** Cancels dialling a leg. */
  void cancel(CallId call);

  /** Starts the recording that the room's document requires. */
  void record();

  /** Sets variables of the mixer's room. */
  void keep(Map<String, String> variables);

  /** Reports a change in the number of taken seats. */
  void seats(int change);
}
