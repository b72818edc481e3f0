package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Channel;
import dev.callflow.simulator.model.Application;
import java.util.Optional;
import java.util.Set;

/** The application that keeps a channel in a room, as the room sees it. */
public interface Occupant {

  Channel channel();

  Application.Join how();

  /**
   * Returns the member flags of the channel, including those granted by the PIN that was entered.
   */
  Set<String> flags();

  /** Leaves the room, if the channel is still in it, and then plays a sound to the channel. */
  void leave(Optional<String> sound);

  /** Removes the channel because the room ends. */
  void removeAtRoomEnd();
}
