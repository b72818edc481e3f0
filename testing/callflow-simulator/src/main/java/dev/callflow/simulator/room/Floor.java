package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The member of a room who has the floor; used under the switch's lock only. */
final class Floor {

  private final SwitchLock lock;
  private final RoomSnapshots room;
  private final Supplier<Optional<SimMember>> newest;
  private @Nullable SimMember holder;
  private boolean isDue;

  /**
   * @param newest finds the member that came in last; empty if nobody is in
   */
  Floor(SwitchLock lock, RoomSnapshots room, Supplier<Optional<SimMember>> newest) {
    this.lock = lock;
    this.room = room;
    this.newest = newest;
  }

  boolean isHeldBy(SimMember member) {
    return member == holder;
  }

  /** With its next frame the mixer gives the floor to the newest, if nobody has it. */
  void fill() {
    if (holder == null && !isDue) {
      isDue = true;
      lock.after(
          MixerTiming.FRAME,
          "floor",
          () -> {
            isDue = false;
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

  /** Takes the floor from a member that leaves. */
  void leave(SimMember member) {
    if (member == holder) {
      holder = null;
      lock.emit(new SwitchEvent.FloorChanged(room.state(), 0, Optional.empty()));
      fill();
    }
  }

  /** Somebody has begun to talk: the floor is theirs unless its holder talks. */
  void talks(SimMember member) {
    if (holder == null || (holder != member && !holder.talking())) {
      give(member);
    }
  }
}
