package dev.callflow.conference.admission;

import dev.callflow.conference.document.Profile;
import dev.callflow.conference.document.Role;
import dev.callflow.conference.document.RoomRules;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.Keys;
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

/** Has the mixer take the caller in, and waits until he is (spec 2.7). */
public final class Join implements AdmissionStep {

  private static final Duration LONGEST = Duration.ofSeconds(15);

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

  @Override
  public Optional<Refusal> take(Visit visit) {
    Call call = visit.call();
    if (visit.flags == null && visit.conference().role(visit.moderator).playEntryPrompt()) {
      call.play(visit.prompt("conf-joining_conference"), Keys.WAIT);
    }
    // What was typed over the greeting and asked for by nobody must not mute him inside.
    call.forgetKeys();
    visit.entering = true;
    sounds.enters(visit.room(), RoomSounds.Sounds.of(visit));
    Instant begun = call.time().now();
    mixer.enter(call.id(), visit.room(), entry(visit));
    Instant latest = begun.plus(LONGEST);
    while (true) {
      Optional<LegEvent> event = call.next(Duration.between(call.time().now(), latest));
      if (event.isEmpty() && rooms.member(visit.room(), call.id()).isEmpty()) {
        // He may still come in: he must not, once he has been told that he cannot.
        mixer.apply(visit.room(), new MixerCommand.Kick(call.id()));
        return Optional.of(visit.refuse(ConferenceOutcome.FAILED, "conf-unavailable"));
      }
      if (event.isEmpty() || event.get() instanceof RoomSignal.Entered) {
        visit.entered = true;
        metrics.joined(Duration.between(begun, call.time().now()));
        rooms.entered(visit.room(), call.id());
        return Optional.empty();
      }
      if (event.get() instanceof LegEvent.Digit(char key)) {
        visit.keysWhileEntering.append(key);
      }
      if (event.get() instanceof RoomSignal.Left) {
        return Optional.of(visit.refuse(ConferenceOutcome.FAILED, "conf-unavailable"));
      }
    }
  }

  /** He is out again, or will not come: the room's sounds are not kept for him. */
  void leaves(Visit visit) {
    if (visit.entering) {
      visit.entering = false;
      sounds.leaves(visit.room());
    }
  }

  private static JoinOptions entry(Visit visit) {
    OptionalInt seats = RoomRules.seats(visit.profile());
    return new JoinOptions(
        flags(visit),
        announced(Tones.ENTRY.of(visit), visit, "conf-has_joined"),
        announced(Tones.EXIT.of(visit), visit, "conf-has_left"),
        visit.profile.isEmpty() ? visit.conference().profileName() : visit.profile,
        seats.isPresent()
            ? OptionalInt.of(seats.getAsInt() + RoomRules.MIXER_MARGIN)
            : OptionalInt.empty(),
        mixing(visit));
  }

  private static JoinOptions.Mixing mixing(Visit visit) {
    Profile profile = visit.profile();
    return new JoinOptions.Mixing(
        visit.sound("moh-sound"),
        profile.integer("energy-level", 0, 1800),
        profile.integer("rate", 8000, 48_000),
        profile.integer("interval", 10, 120),
        profile.integer("channels", 1, 2));
  }

  private static Set<MemberFlag> flags(Visit visit) {
    if (visit.flags != null) {
      return visit.flags;
    }
    Role role = visit.conference().role(visit.moderator);
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
    flags.addAll(MemberFlags.of(visit.profile()));
    if (role.joinMuted()) {
      flags.add(MemberFlag.MUTE);
    }
    if (role.joinDeaf()) {
      flags.add(MemberFlag.DEAF);
    }
    if (visit.moderator) {
      flags.add(MemberFlag.MODERATOR);
    }
    if (!visit.conference().video()) {
      flags.add(MemberFlag.VIDEO_MUTE);
    }
    return flags;
  }

  /** The tone, the name, and what has happened: one after the other, as one sound. */
  private static Optional<Media> announced(Optional<Media> tone, Visit visit, String prompt) {
    if (visit.spokenName.isEmpty()) {
      return tone;
    }
    List<Media> parts = new ArrayList<>();
    tone.ifPresent(parts::add);
    parts.add(visit.spokenName.get());
    parts.add(visit.prompt(prompt));
    return Optional.of(new Media.Sequence(parts));
  }
}
