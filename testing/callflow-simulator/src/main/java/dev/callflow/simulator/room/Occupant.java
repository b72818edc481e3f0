package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Channel;
import dev.callflow.simulator.model.Application;
import java.util.Optional;
import java.util.Set;

/** What keeps a channel in a room, as the room sees it. */
public interface Occupant {

  Channel channel();

  Application.Join how();

  /** The flags of the channel, and what its PIN has made of it. */
  Set<String> flags();

  /** The channel leaves, if it is still in, and hears something then. */
  void leave(Optional<String> sound);

  /** The room ends under the channel. */
  void putOut();
}
