package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Channel;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open rooms and the member numbers of a switch. Guarded by the switch's lock. */
public final class OpenRooms {

  private final SwitchLock lock;
  private final SwitchSettings setup;
  private final MediaShelf media;
  private final Map<String, SimRoom> rooms = new LinkedHashMap<>();
  private int lastMemberNumber;

  public OpenRooms(SwitchLock lock, SwitchSettings setup, MediaShelf media) {
    this.lock = lock;
    this.setup = setup;
    this.media = media;
  }

  /** Returns how long the next kicked member takes to leave. */
  public Duration delay() {
    return setup.delays().get();
  }

  public @Nullable SimRoom find(String name) {
    return rooms.get(name);
  }

  public Collection<SimRoom> all() {
    return rooms.values();
  }

  /** Creates a room for the first channel that joins it. */
  SimRoom create(Application.Join how, Map<String, String> variables) {
    SimRoom room =
        new SimRoom(
            lock, setup, media, how, variables, closed -> rooms.remove(closed.name(), closed));
    rooms.put(room.name(), room);
    lock.emit(new SwitchEvent.RoomCreated(room.state()));
    return room;
  }

  /**
   * Gives a channel a member number, unless it has one from an earlier room.
   *
   * @return whether the channel received a new member number
   */
  boolean number(Channel channel) {
    boolean fresh = channel.memberNumber() == 0;
    if (fresh) {
      lastMemberNumber++;
      channel.memberNumber(lastMemberNumber);
    }
    return fresh;
  }
}
