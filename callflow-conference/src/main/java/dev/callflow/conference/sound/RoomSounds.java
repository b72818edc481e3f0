package dev.callflow.conference.sound;

import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.core.time.OneLine;
import dev.callflow.core.time.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the sounds of the room's profile: to members when they are alone, muted or deafened, and to
 * the whole room when the number of members is announced. The mixer's own profile has none of these
 * sounds because it is the same for all rooms.
 *
 * <p>The first visitor determines the sounds of a room. Thread-safe; never blocks.
 */
public final class RoomSounds {

  private static final Logger LOG = LoggerFactory.getLogger(RoomSounds.class);

  /**
   * The sounds that a room plays to its members.
   *
   * @param alone played to a member who is alone in the room
   * @param muted played to a member who has been muted
   * @param unmuted played to a member who has been unmuted
   * @param deaf played to a member who has been deafened
   * @param undeaf played to a member who can hear again
   * @param countFrom the smallest number of members that is announced when a member has joined;
   *     empty for no announcements
   * @param language the language of the announcement
   */
  public record Sounds(
      Optional<Media> alone,
      Optional<Media> muted,
      Optional<Media> unmuted,
      Optional<Media> deaf,
      Optional<Media> undeaf,
      OptionalInt countFrom,
      String language) {

    public static Sounds of(Target target) {
      return new Sounds(
          target.sound("alone-sound"),
          target.sound("muted-sound"),
          target.sound("unmuted-sound"),
          target.sound("deaf-sound"),
          target.sound("undeaf-sound"),
          target.profile().integer("announce-count", 2, 999),
          target.language());
    }
  }

  private static final class Room {
    final Sounds sounds;
    final Set<CallId> members = new LinkedHashSet<>();
    int visitors;

    Room(Sounds sounds) {
      this.sounds = sounds;
    }
  }

  private final Mixer mixer;
  private final TimeSource time;
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();

  public RoomSounds(Mixer mixer, TimeSource time) {
    this.mixer = mixer;
    this.time = time;
  }

  /** Registers a visitor who is about to enter; {@link #leaves} must be called later. */
  public void enters(RoomId id, Sounds sounds) {
    rooms.compute(
        id,
        (key, before) -> {
          Room room = before == null ? new Room(sounds) : before;
          room.visitors++;
          return room;
        });
  }

  /** Removes a visitor; forgets the room's sounds when the last visitor has left. */
  public void leaves(RoomId id) {
    rooms.computeIfPresent(id, (key, room) -> --room.visitors > 0 ? room : null);
  }

  public void onEvent(RoomEvent roomEvent) {
    if (roomEvent
        instanceof RoomEvent.Happened(MixerEvent.InRoom event, var departure, long version)) {
      rooms.computeIfPresent(
          event.room(),
          (id, room) -> {
            handle(id, room, event);
            return room;
          });
    }
  }

  private void handle(RoomId id, Room room, MixerEvent.InRoom event) {
    switch (event) {
      case MixerEvent.Added(var of, var instance, Member member) when !member.ghost() -> {
        room.members.add(member.call());
        if (room.members.size() == 1) {
          playTo(id, member.call(), room.sounds.alone());
        } else {
          count(id, room);
        }
      }
      case MixerEvent.Removed(var of, var instance, Member member) -> {
        if (room.members.remove(member.call()) && room.members.size() == 1) {
          playTo(id, room.members.iterator().next(), room.sounds.alone());
        }
      }
      case MixerEvent.Changed(var of, var instance, MixerEvent.Change change, Member member) ->
          playTo(id, member.call(), changed(room.sounds, change));
      case MixerEvent.Added ghost -> {}
      case MixerEvent.Created created -> {}
      case MixerEvent.Destroyed destroyed -> {}
      case MixerEvent.FloorChanged changed -> {}
      case MixerEvent.Locked lock -> {}
      case MixerEvent.PlayStarted play -> {}
      case MixerEvent.PlayEnded play -> {}
      case MixerEvent.RecordingStarted started -> {}
      case MixerEvent.RecordingStopped stopped -> {}
    }
  }

  private static Optional<Media> changed(Sounds sounds, MixerEvent.Change change) {
    return switch (change) {
      case MUTED -> sounds.muted();
      case UNMUTED -> sounds.unmuted();
      case DEAFENED -> sounds.deaf();
      case UNDEAFENED -> sounds.undeaf();
      case TALKING, SILENT, KICKED, ENERGY, TALK_VOLUME, LISTEN_VOLUME, OTHER -> Optional.empty();
    };
  }

  private void count(RoomId id, Room room) {
    int members = room.members.size();
    if (room.sounds.countFrom().isPresent() && members >= room.sounds.countFrom().getAsInt()) {
      List<Media> parts = new ArrayList<>(SpokenNumber.of(members, room.sounds.language()));
      if (!parts.isEmpty()) {
        parts.add(new Media.Prompt("conf-members_in_conference", room.sounds.language()));
        send(id, new MixerCommand.Play(new Media.Sequence(parts)));
      }
    }
  }

  private void playTo(RoomId id, CallId member, Optional<Media> sound) {
    sound.ifPresent(media -> send(id, new MixerCommand.PlayTo(member, media)));
  }

  /** Sends a command on a new thread, because the room must not wait for the mixer. */
  private void send(RoomId id, MixerCommand command) {
    time.start(
        "sound-" + id,
        () -> {
          MixerReply reply = mixer.apply(id, command);
          if (reply instanceof MixerReply.Refused || reply instanceof MixerReply.Unknown) {
            LOG.warn("room {}: the sound command {} failed: {}", id, OneLine.of(command), reply);
          }
        });
  }
}
