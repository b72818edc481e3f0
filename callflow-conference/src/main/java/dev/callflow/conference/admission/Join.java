package dev.callflow.conference.admission;

import dev.callflow.conference.document.Profile;
import dev.callflow.conference.document.Role;
import dev.callflow.conference.document.RoomRules;
import dev.callflow.conference.kept.OperatorSettings;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.Rooms;
import dev.callflow.conference.sound.RoomSounds;
import dev.callflow.conference.sound.Tones;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Seated;
import dev.callflow.conference.visit.Step;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Adds a participant to the mixer and waits until they are in the room
 * (docs/spec/conference.md#joining).
 */
public final class Join {

  private static final Duration ENTRY_TIMEOUT = Duration.ofSeconds(15);

  private final Mixer mixer;
  private final Rooms rooms;
  private final RoomSounds sounds;
  private final ConferenceMetrics metrics;

  public Join(Mixer mixer, Rooms rooms, RoomSounds sounds, ConferenceMetrics metrics) {
    this.mixer = mixer;
    this.rooms = rooms;
    this.sounds = sounds;
    this.metrics = metrics;
  }

  /**
   * Brings a participant who has a seat into the room. Blocks until they are in the room, for at
   * most 15 seconds.
   *
   * @param seated the participant and their seat
   * @param spokenName the recording that announces the participant; empty for none
   * @param held collects the resources to release when the participant leaves
   */
  public Result<Presence> enter(Seated seated, Optional<Media> spokenName, Held held) {
    Guest guest = seated.guest();
    Call call = guest.call();
    RoomId room = guest.room();
    if (guest.invitation().isEmpty() && role(guest).playEntryPrompt()) {
      call.play(guest.target().prompt("conf-joining_conference"), KeyPolicy.WAIT);
    }
    if (guest.invitation().isEmpty()
        && rooms.ask(room, state -> state.isBanned(call.id())).orElse(false)) {
      // The ban came after the caller had been given their seat, for instance while they spoke
      // their name.
      return Result.refused(guest.target().refuse(ConferenceOutcome.BANNED, "conf-denied"));
    }
    // Keys pressed before joining must not act in the room, where they could mute the participant.
    call.discardDigits();
    sounds.enters(room, RoomSounds.Sounds.of(guest.target()));
    held.add(() -> sounds.leaves(room));
    Instant started = call.time().now();
    call.keep(
        new Step.Inside(
                room.conference(), guest.moderator(), guest.invitation().map(Guest.Terms::flags))
            .words());
    mixer.enter(call.id(), room, options(guest, spokenName));
    Instant deadline = started.plus(ENTRY_TIMEOUT);
    StringBuilder keys = new StringBuilder();
    while (true) {
      Optional<LegEvent> event = call.next(Duration.between(call.time().now(), deadline));
      if (event.isEmpty() && rooms.member(room, call.id()).isEmpty()) {
        // The mixer may still add the participant, who is about to be refused: kick them.
        mixer.apply(room, new MixerCommand.Kick(call.id()));
        return failed(guest);
      }
      if (event.isEmpty() || event.get() instanceof RoomSignal.Entered) {
        metrics.joined(Duration.between(started, call.time().now()));
        rooms.tellAlways(room, state -> state.entered(call.id()));
        return Result.passed(new Presence(guest, seated.seat(), keys.toString()));
      }
      if (event.get() instanceof LegEvent.Dtmf(char key)) {
        keys.append(key);
      }
      if (event.get() instanceof RoomSignal.Left) {
        return failed(guest);
      }
    }
  }

  private static Result<Presence> failed(Guest guest) {
    return Result.refused(guest.target().refuse(ConferenceOutcome.FAILED, "conf-unavailable"));
  }

  private static Role role(Guest guest) {
    return guest.target().conference().role(guest.moderator());
  }

  private static JoinOptions options(Guest guest, Optional<Media> spokenName) {
    Target target = guest.target();
    OptionalInt seats = RoomRules.seats(target.profile());
    return new JoinOptions(
        guest.invitation().map(Guest.Terms::flags).orElseGet(() -> flags(guest)),
        announced(Tones.ENTRY.of(guest), spokenName, target.prompt("conf-has_joined")),
        announced(Tones.EXIT.of(guest), spokenName, target.prompt("conf-has_left")),
        guest
            .invitation()
            .map(Guest.Terms::profile)
            .filter(name -> !name.isEmpty())
            .orElseGet(target.conference().mixing()::profileName),
        seats.isPresent() ? OperatorSettings.mixerLimit(seats.getAsInt()) : OptionalInt.empty(),
        mixing(target));
  }

  private static JoinOptions.Mixing mixing(Target target) {
    Profile profile = target.profile();
    return new JoinOptions.Mixing(
        target.sound("moh-sound"),
        profile.integer("energy-level", 0, 1800),
        profile.integer("rate", 8000, 48_000),
        profile.integer("interval", 10, 120),
        profile.integer("channels", 1, 2));
  }

  private static Set<MemberFlag> flags(Guest guest) {
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
    flags.addAll(MemberFlags.of(guest.target().profile()));
    if (role(guest).joinMuted()) {
      flags.add(MemberFlag.MUTE);
    }
    if (role(guest).joinDeaf()) {
      flags.add(MemberFlag.DEAF);
    }
    if (guest.moderator()) {
      flags.add(MemberFlag.MODERATOR);
    }
    if (!guest.target().conference().mixing().video()) {
      flags.add(MemberFlag.VIDEO_MUTE);
    }
    return flags;
  }

  /** Combines the tone, the spoken name and the announcement into one sound. */
  private static Optional<Media> announced(
      Optional<Media> tone, Optional<Media> name, Media announcement) {
    if (name.isEmpty()) {
      return tone;
    }
    List<Media> parts = new ArrayList<>();
    tone.ifPresent(parts::add);
    parts.add(name.get());
    parts.add(announcement);
    return Optional.of(new Media.Sequence(parts));
  }
}
