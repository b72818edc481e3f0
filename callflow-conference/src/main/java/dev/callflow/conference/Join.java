package dev.callflow.conference;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Role;
import dev.callflow.conference.room.Entry;
import dev.callflow.conference.room.MemberFlag;
import dev.callflow.conference.room.Mixer;
import dev.callflow.conference.room.RoomSignal;
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
final class Join implements AdmissionStep {

  /** The mixer's own limit stands that far above ours, for what we do not see. */
  private static final int SAFETY = 10;

  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final Mixer mixer;
  private final Rooms rooms;
  private final ConferenceMetrics metrics;

  Join(Mixer mixer, Rooms rooms, ConferenceMetrics metrics) {
    this.mixer = mixer;
    this.rooms = rooms;
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
    Instant begun = call.time().now();
    mixer.enter(call.id(), visit.room(), entry(visit));
    Instant latest = begun.plus(LONGEST);
    while (true) {
      Optional<LegEvent> event = call.next(Duration.between(call.time().now(), latest));
      if (event.isEmpty()) {
        return Optional.of(visit.refuse(ConferenceOutcome.FAILED, "conf-unavailable"));
      }
      if (event.get() instanceof RoomSignal.Entered) {
        visit.entered = true;
        metrics.joined(Duration.between(begun, call.time().now()));
        rooms.entered(visit.room(), call.id());
        return Optional.empty();
      }
      if (event.get() instanceof RoomSignal.Left) {
        return Optional.of(visit.refuse(ConferenceOutcome.FAILED, "conf-unavailable"));
      }
    }
  }

  private static Entry entry(Visit visit) {
    ConferenceDocument conference = visit.conference();
    return new Entry(
        flags(visit),
        announced(Tones.ENTRY.of(visit), visit, "conf-has_joined"),
        announced(Tones.EXIT.of(visit), visit, "conf-has_left"),
        visit.profile.isEmpty() ? conference.profileName() : visit.profile,
        conference.mostParticipants().isPresent()
            ? OptionalInt.of(conference.mostParticipants().getAsInt() + SAFETY)
            : OptionalInt.empty());
  }

  private static Set<MemberFlag> flags(Visit visit) {
    if (visit.flags != null) {
      return visit.flags;
    }
    Role role = visit.conference().role(visit.moderator);
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
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
