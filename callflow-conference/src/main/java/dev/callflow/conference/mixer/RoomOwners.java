package dev.callflow.conference.mixer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records which switch runs each room, so that all callers of a room meet on the same switch. A
 * single process uses {@link #inProcess}; several processes need a shared store with an atomic
 * compare-and-set.
 *
 * <p>Methods may block until the store's own timeout. Implementations must be safe for use by any
 * thread.
 */
public interface RoomOwners {

  /**
   * Claims a room for a switch, unless another switch owns it. The operation is atomic, even across
   * processes.
   *
   * @param room the room
   * @param focus the switch that claims the room
   * @return the switch that owns the room after the call
   */
  String claim(RoomId room, String focus);

  /**
   * Returns the owner of a room.
   *
   * @param room the room
   * @return the switch that owns the room; empty if none does
   */
  Optional<String> owner(RoomId room);

  /**
   * Releases a room that has ended; does nothing if another switch owns it.
   *
   * @param room the room
   * @param focus the switch that owned the room
   */
  void release(RoomId room, String focus);

  /**
   * Creates a record of owners that is kept in the memory of this process.
   *
   * @return the record, which is empty at first
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
