package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.SwitchLock;
import dev.callflow.simulator.model.SimKeyAction;
import dev.callflow.simulator.model.SwitchEvent;
import java.util.Optional;

/** Carries out the actions that members' keys trigger. Guarded by the switch's lock. */
final class SimKeyActions {

  private static final int ENERGY_STEP = 200;
  private static final int MAX_ENERGY = 1800;
  private static final int MAX_VOLUME = 4;

  private final SwitchLock lock;

  SimKeyActions(SwitchLock lock) {
    this.lock = lock;
  }

  void act(SimRoom room, SimMember member, SimKeyAction action, String keys) {
    switch (action) {
      case MUTE -> mute(room, member, !member.muted());
      case MUTE_ON -> mute(room, member, true);
      case MUTE_OFF -> mute(room, member, false);
      case DEAF_MUTE -> {
        boolean on = !member.muted();
        mute(room, member, on);
        if (on) {
          deafen(room, member, true);
        }
      }
      case DEAF -> deafen(room, member, !member.deaf());
      case DEAF_ON -> deafen(room, member, true);
      case DEAF_OFF -> deafen(room, member, false);
      case ENERGY_UP -> energy(room, member, Math.min(member.energy() + ENERGY_STEP, MAX_ENERGY));
      case ENERGY_EQU -> energy(room, member, member.occupant().how().levels().energy());
      case ENERGY_DN -> energy(room, member, Math.max(member.energy() - ENERGY_STEP, 0));
      case TALK_UP -> volumeOut(room, member, Math.min(member.volumeOut() + 1, MAX_VOLUME));
      case TALK_ZERO -> volumeOut(room, member, 0);
      case TALK_DN -> volumeOut(room, member, Math.max(member.volumeOut() - 1, -MAX_VOLUME));
      case LISTEN_UP -> volumeIn(room, member, Math.min(member.volumeIn() + 1, MAX_VOLUME));
      case LISTEN_ZERO -> volumeIn(room, member, 0);
      case LISTEN_DN -> volumeIn(room, member, Math.max(member.volumeIn() - 1, -MAX_VOLUME));
      case HANGUP -> lock.afterwards(() -> member.occupant().leave(Optional.empty()));
      case EVENT ->
          lock.emit(new SwitchEvent.MemberKeys(room.state(), room.state(member), keys, false));
      case LOCK -> room.lock(!room.locked());
    }
  }

  private static void mute(SimRoom room, SimMember member, boolean on) {
    if (!member.held() && member.muted() != on) {
      room.mute(member, on, false);
      if (!on && member.deaf()) {
        room.deafen(member, false);
      }
    }
  }

  private static void deafen(SimRoom room, SimMember member, boolean on) {
    if (member.deaf() != on) {
      room.deafen(member, on);
    }
  }

  private static void energy(SimRoom room, SimMember member, int level) {
    member.energy(level);
    room.changed(member, SwitchEvent.MemberChange.ENERGY_BY_KEY);
    room.memberSounds().say(member, level / ENERGY_STEP);
  }

  private static void volumeOut(SimRoom room, SimMember member, int level) {
    member.volumeOut(level);
    room.changed(member, SwitchEvent.MemberChange.VOLUME_OUT_BY_KEY);
    room.memberSounds().say(member, level);
  }

  private static void volumeIn(SimRoom room, SimMember member, int level) {
    member.volumeIn(level);
    room.changed(member, SwitchEvent.MemberChange.VOLUME_IN_BY_KEY);
    room.memberSounds().say(member, level);
  }
}
