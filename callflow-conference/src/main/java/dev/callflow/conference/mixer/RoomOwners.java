package dev.callflow.conference.mixer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows on which switch each room lives; exactly one, whoever asks. In one process by {@link
 * #inProcess}; several processes share a store that can compare and set.
 *
 * <p>Methods may block for as long as the store's own deadline says. Safe for use by any thread.
 */
public interface RoomOwners {

  /**
   * Takes a room for a switch, unless another one has it; one step, also among processes.
   *
   * @param room the room
   * @param focus the switch that shall have it
   * @return the switch that has it now
   */
  String claim(RoomId room, String focus);

  /**
   * Asks who has a room.
   *
   * @param room the room
   * @return the switch; empty if none
   */
  Optional<String> owner(RoomId room);

  /**
   * Gives up a room that has ended; does nothing if another switch has it.
   *
   * @param room the room
   * @param focus the switch that has had it
   */
  void release(RoomId room, String focus);

  /**
   * Keeps owners in memory.
   *
   * @return owners of this process
   */
  static RoomOwners inProcess() {
    Map<RoomId, String> owners = new ConcurrentHashMap<>();
    return new RoomOwners() {
      @Override
      public String claim(RoomId room, String focus) {
        String before = owners.putIfAbsent(room, focus);
        return before == null ? focus : before;
      }

      @Override
      public Optional<String> owner(RoomId room) {
        return Optional.ofNullable(owners.get(room));
      }

      @Override
      public void release(RoomId room, String focus) {
        owners.remove(room, focus);
      }
    };
  }
}
