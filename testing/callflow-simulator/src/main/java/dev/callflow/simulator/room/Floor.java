package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tracks which member of a room has the floor. Guarded by the switch's lock. */
final class Floor {

  private final SwitchLock lock;
  private final RoomSnapshots room;
  private final Supplier<Optional<SimMember>> newest;
  private @Nullable SimMember holder;
  private boolean isPending;

  /**
   * @param newest returns the member who joined last; empty if the room is empty
   */
  Floor(SwitchLock lock, RoomSnapshots room, Supplier<Optional<SimMember>> newest) {
    this.lock = lock;
    this.room = room;
    this.newest = newest;
  }

  boolean isHeldBy(SimMember member) {
    return member == holder;
  }

  /** If the floor is free, gives it to the newest member one frame later, as FreeSWITCH does. */
  void fill() {
    if (holder == null && !isPending) {
      isPending = true;
      lock.after(
          MixerTiming.FRAME,
          "floor",
          () -> {
            isPending = false;
            if (holder == null) {
              newest.get().ifPresent(this::give);
            }
          });
    }
  }

  void give(SimMember to) {
    int before = holder == null ? 0 : holder.number();
    holder = to;
    lock.emit(new SwitchEvent.FloorChanged(room.state(), before, Optional.of(room.state(to))));
  }

  /** Frees the floor if the member who is leaving has it. */
  void leave(SimMember member) {
    if (member == holder) {
      holder = null;
      lock.emit(new SwitchEvent.FloorChanged(room.state(), 0, Optional.empty()));
      fill();
    }
  }

  /** Gives the floor to a member who starts to talk, unless the current holder is talking. */
  void talks(SimMember member) {
    if (holder == null || (holder != member && !holder.talking())) {
      give(member);
    }
  }
}
