package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tracks which member of a room has the floor. Guarded by the switch's lock. */
final class Floor {

  private final SwitchLock lock;
  private final RoomSnapshots room;
  private final Supplier<List<SimMember>> members;
  private @Nullable SimMember holder;
  private boolean isPending;
  private boolean isContested;

  /**
   * @param members returns the members of the room, newest first
   */
  Floor(SwitchLock lock, RoomSnapshots room, Supplier<List<SimMember>> members) {
    this.lock = lock;
    this.room = room;
    this.members = members;
  }

  boolean isHeldBy(SimMember member) {
    return member == holder;
  }

  /**
   * If the floor is free, gives it to the newest member one frame later, as FreeSWITCH does, even
   * if that member is muted.
   */
  void fill() {
    if (holder == null && !isPending) {
      isPending = true;
      lock.after(
          MixerTiming.FRAME,
          "floor",
          () -> {
            isPending = false;
            if (holder == null) {
              members.get().stream().findFirst().ifPresent(this::give);
            }
          });
    }
  }

  void give(SimMember to) {
    int before = holder == null ? 0 : holder.number();
    holder = to;
    lock.emit(new SwitchEvent.FloorChanged(room.state(), before, Optional.of(room.state(to))));
  }

  /** Takes the floor from its holder. */
  void release() {
    if (holder != null) {
      int before = holder.number();
      holder = null;
      lock.emit(new SwitchEvent.FloorChanged(room.state(), before, Optional.empty()));
      fill();
    }
  }

  /**
   * One frame after the holder has fallen silent or was muted or held, gives the floor to another
   * member who is talking at that time.
   */
  void silent(SimMember member) {
    if (member == holder && !isContested) {
      isContested = true;
      lock.after(
          MixerTiming.FRAME,
          "floor",
          () -> {
            isContested = false;
            if (holder != null && !holder.talking()) {
              members.get().stream().filter(SimMember::talking).findFirst().ifPresent(this::give);
            }
          });
    }
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
