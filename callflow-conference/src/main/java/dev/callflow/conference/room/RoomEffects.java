package dev.callflow.conference.room;

import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.core.call.CallId;
import java.util.List;
import java.util.function.Supplier;

/** Collects the effects that a room's decisions have outside of the room. No method blocks. */
interface RoomEffects {

  /** Kicks a member from the room in the mixer. */
  void kick(CallId call);

  /** Stops dialling a leg. */
  void cancel(CallId call);

  /** Starts the recording that the room's document requires. */
  void record();

  /**
   * Gives the operators' settings to the mixer's room, after the changes of settings that have
   * begun and before those that begin later.
   *
   * @param settings returns the commands that are then necessary, in order; to be called while the
   *     room is owned
   */
  void carry(Supplier<List<MixerCommand>> settings);

  /** Reports that a room of the mixer that was already running has been adopted. */
  void adopted();

  /** Reports a change in the number of taken seats. */
  void seats(int change);

  /** Runs a task that must not run while the room is owned, such as one of another room. */
  void outside(Runnable task);
}
