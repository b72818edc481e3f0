package dev.callflow.conference.stay;

import dev.callflow.conference.document.KeyAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.PendingCondition;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.RoomState;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.visit.Presence;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.OneLine;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the actions assigned to the keys that a participant presses. If a key would change
 * nothing, no command is sent and no event is published.
 */
public final class KeyActions {

  private static final Logger LOG = LoggerFactory.getLogger(KeyActions.class);

  private static final Duration LISTED_TIMEOUT = Duration.ofSeconds(5);

  private static final int ENERGY_STEP = 200;
  private static final int MAX_ENERGY = 1800;

  private final Mixer mixer;
  private final Rooms rooms;

  public KeyActions(Mixer mixer, Rooms rooms) {
    this.mixer = mixer;
    this.rooms = rooms;
  }

  void act(Presence presence, Levels levels, KeyAction action, String keys, String data) {
    Optional<Member> member = member(presence);
    if (member.isPresent()) {
      act(presence, levels, member.get(), action, keys, data);
    } else if (action == KeyAction.HANGUP) {
      // A participant can leave even if the mixer has not listed them yet.
      leave(presence);
    }
  }

  private void act(
      Presence presence, Levels levels, Member member, KeyAction action, String keys, String data) {
    RoomId room = presence.room();
    CallId call = member.call();
    int usualEnergy = levels.usualEnergy(member);
    switch (action) {
      case MUTE -> mute(room, member, !member.muted());
      case MUTE_ON -> mute(room, member, true);
      case MUTE_OFF -> mute(room, member, false);
      case DEAF -> deaf(room, member, !member.deaf());
      case DEAF_ON -> deaf(room, member, true);
      case DEAF_OFF -> deaf(room, member, false);
      case DEAF_MUTE -> {
        boolean both = !(member.muted() && member.deaf());
        mute(room, member, both);
        deaf(room, member, both);
      }
      case ENERGY_UP ->
          energy(room, member, Math.min(MAX_ENERGY, member.energyLevel() + ENERGY_STEP));
      case ENERGY_EQU ->
          energy(
              room,
              member,
              presence
                  .guest()
                  .target()
                  .profile()
                  .integer("energy-level", 0, MAX_ENERGY)
                  .orElse(usualEnergy));
      case ENERGY_DOWN -> energy(room, member, Math.max(0, member.energyLevel() - ENERGY_STEP));
      case TALK_UP -> talk(presence, levels, Math.min(4, levels.talkVolume() + 1));
      case TALK_ZERO -> talk(presence, levels, 0);
      case TALK_DOWN -> talk(presence, levels, Math.max(-4, levels.talkVolume() - 1));
      case LISTEN_UP -> listen(presence, levels, Math.min(4, levels.listenVolume() + 1));
      case LISTEN_ZERO -> listen(presence, levels, 0);
      case LISTEN_DOWN -> listen(presence, levels, Math.max(-4, levels.listenVolume() - 1));
      case HANGUP -> leave(presence);
      case LOCK ->
          apply(
              room,
              new MixerCommand.Lock(
                  !rooms.ask(room, RoomState::summary).map(RoomSnapshot::locked).orElse(false)));
      case FLOOR -> {
        if (!member.floor()) {
          apply(room, new MixerCommand.Floor(call));
        }
      }
      case EVENT -> rooms.note(room, new Notice.KeysPressed(member, keys, data));
    }
  }

  /**
   * Finds the member in the room. Waits a moment if necessary, because keys and mixer events arrive
   * on different connections.
   */
  private Optional<Member> member(Presence presence) {
    CallId call = presence.call().id();
    Optional<Member> member = rooms.member(presence.room(), call);
    if (member.isEmpty()) {
      // Waits on the room without reading the call's events, so that the event that reports the
      // participant's departure is not lost.
      Optional<PendingCondition> listed = rooms.expect(presence.room(), new Condition.In(call));
      listed.ifPresent(pending -> {
        pending.await(LISTED_TIMEOUT);
        rooms.forget(pending);
      });
      member = rooms.member(presence.room(), call);
    }
    return member;
  }

  private void leave(Presence presence) {
    CallId call = presence.call().id();
    rooms.tellAlways(presence.room(), state -> state.departs(call, LeaveReason.LEFT));
    apply(presence.room(), new MixerCommand.Kick(call));
  }

  private void mute(RoomId room, Member member, boolean on) {
    if (member.muted() != on) {
      apply(room, new MixerCommand.Mute(member.call(), on));
    }
  }

  private void deaf(RoomId room, Member member, boolean on) {
    if (member.deaf() != on) {
      apply(room, new MixerCommand.Deaf(member.call(), on));
    }
  }

  private void energy(RoomId room, Member member, int level) {
    if (member.energyLevel() != level) {
      apply(room, new MixerCommand.Energy(member.call(), level));
    }
  }

  private void talk(Presence presence, Levels levels, int level) {
    if (levels.talk(level)) {
      apply(presence.room(), new MixerCommand.TalkVolume(presence.call().id(), level));
    }
  }

  private void listen(Presence presence, Levels levels, int level) {
    if (levels.listen(level)) {
      apply(presence.room(), new MixerCommand.ListenVolume(presence.call().id(), level));
    }
  }

  private void apply(RoomId room, MixerCommand command) {
    MixerReply reply = mixer.apply(room, command);
    switch (reply) {
      case MixerReply.Done done -> {}
      // Not a fault: the member has left in the meantime, or another member holds the floor.
      case MixerReply.NotThere gone ->
          LOG.debug("room {}: the member left before the key command {}", room, command);
      case MixerReply.Refused held when command instanceof MixerCommand.Floor ->
          LOG.debug("room {}: the mixer refused the key command {}: {}", room, command, held);
      case MixerReply.Refused refused ->
          LOG.warn("room {}: the key command {} failed: {}", room, OneLine.of(command), refused);
      case MixerReply.Unknown unknown ->
          LOG.warn("room {}: the key command {} failed: {}", room, OneLine.of(command), unknown);
    }
  }
}
