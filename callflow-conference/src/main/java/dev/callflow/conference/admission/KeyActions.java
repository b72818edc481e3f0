package dev.callflow.conference.admission;

import dev.callflow.conference.document.KeyAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a member's key asks for. A key that would change nothing does nothing, so that no event
 * comes of it.
 */
public final class KeyActions {

  private static final Logger LOG = LoggerFactory.getLogger(KeyActions.class);

  private static final Duration LONGEST_DOUBT = Duration.ofMillis(300);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

  private static final int ENERGY_STEP = 200;
  private static final int MOST_ENERGY = 1800;

  private final Mixer mixer;
  private final Rooms rooms;

  public KeyActions(Mixer mixer, Rooms rooms) {
    this.mixer = mixer;
    this.rooms = rooms;
  }

  void act(Visit visit, KeyAction action, String keys, String data) {
    Optional<Member> member = member(visit);
    if (member.isPresent()) {
      act(visit, member.get(), action, keys, data);
    } else if (action == KeyAction.HANGUP) {
      // The mixer need not have told that he is in for him to get out.
      leave(visit);
    }
  }

  private void act(Visit visit, Member member, KeyAction action, String keys, String data) {
    RoomId room = visit.room();
    CallId call = member.call();
    if (visit.usualEnergy < 0) {
      visit.usualEnergy = member.energyLevel();
    }
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
          energy(room, member, Math.min(MOST_ENERGY, member.energyLevel() + ENERGY_STEP));
      case ENERGY_EQU ->
          energy(
              room,
              member,
              visit.profile().integer("energy-level", 0, MOST_ENERGY).orElse(visit.usualEnergy));
      case ENERGY_DOWN -> energy(room, member, Math.max(0, member.energyLevel() - ENERGY_STEP));
      case TALK_UP -> talk(visit, Math.min(4, visit.talkVolume + 1));
      case TALK_ZERO -> talk(visit, 0);
      case TALK_DOWN -> talk(visit, Math.max(-4, visit.talkVolume - 1));
      case LISTEN_UP -> listen(visit, Math.min(4, visit.listenVolume + 1));
      case LISTEN_ZERO -> listen(visit, 0);
      case LISTEN_DOWN -> listen(visit, Math.max(-4, visit.listenVolume - 1));
      case HANGUP -> leave(visit);
      case LOCK ->
          apply(
              room,
              new MixerCommand.Lock(!rooms.sight(room).map(RoomSnapshot::locked).orElse(false)));
      case FLOOR -> {
        if (!member.floor()) {
          apply(room, new MixerCommand.Floor(call));
        }
      }
      case EVENT -> rooms.note(room, new Notice.KeysPressed(member, keys, data));
    }
  }

  /** The mixer tells on one connection that he is in, and his keys come on another. */
  private Optional<Member> member(Visit visit) {
    TimeSource time = visit.call().time();
    Instant latest = time.now().plus(LONGEST_DOUBT);
    Optional<Member> member = rooms.member(visit.room(), visit.call().id());
    try {
      while (member.isEmpty() && time.now().isBefore(latest)) {
        // Not by the call's own events: that he is out again must not be missed.
        time.<Boolean>inbox(1).poll(BETWEEN_QUESTIONS);
        member = rooms.member(visit.room(), visit.call().id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return member;
  }

  private void leave(Visit visit) {
    CallId call = visit.call().id();
    rooms.departs(visit.room(), call, LeaveReason.LEFT);
    apply(visit.room(), new MixerCommand.Kick(call));
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

  private void talk(Visit visit, int level) {
    if (visit.talkVolume != level) {
      visit.talkVolume = level;
      apply(visit.room(), new MixerCommand.TalkVolume(visit.call().id(), level));
    }
  }

  private void listen(Visit visit, int level) {
    if (visit.listenVolume != level) {
      visit.listenVolume = level;
      apply(visit.room(), new MixerCommand.ListenVolume(visit.call().id(), level));
    }
  }

  private void apply(RoomId room, MixerCommand command) {
    MixerReply reply = mixer.apply(room, command);
    switch (reply) {
      case MixerReply.Done done -> {}
      // He has left meanwhile, or another one has the floor: nobody need know.
      case MixerReply.NotThere gone -> LOG.debug("room {}: {} by key came too late", room, command);
      case MixerReply.Refused held when command instanceof MixerCommand.Floor ->
          LOG.debug("room {}: {} by key: {}", room, command, held);
      case MixerReply.Refused refused ->
          LOG.warn("room {}: {} by key was answered by {}", room, command, refused);
      case MixerReply.Unknown unknown ->
          LOG.warn("room {}: {} by key was answered by {}", room, command, unknown);
    }
  }
}
