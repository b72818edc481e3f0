package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.bed.SmallMixer.Admits;
import dev.callflow.conference.bed.SmallMixer.Entry;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.stay.KeyActions;
import dev.callflow.conference.stay.Stay;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.StoreUnavailableException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operators move participants from room to room. */
class MovesTests {

  private static final RoomId THIRD = new RoomId(Bed.ACME, "third");

  private final Bed bed = new Bed().room("{}").conference("other", "{}").conference("third", "{}");
  private final Join join = new Join(bed.mixer, bed.rooms, bed.sounds, ConferenceMetrics.NONE);
  private final Stay stay = new Stay(bed.mixer, bed.rooms, new KeyActions(bed.mixer, bed.rooms));
  private final Moves moves = new Moves(bed.roomDocuments, join, stay);
  private final Held held = new Held();
  private final Visitor ann = bed.visitor("ann");

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aParticipantWhoIsNotBeingMovedEntersNoOtherRoom() {
    Presence presence = bed.enters(ann.member(), held);
    bed.mixer.letGo("ann");

    bed.run(() -> moves.follow(presence, ConferenceOutcome.LEFT, held));

    assertThat(bed.mixer.entries()).hasSize(1);
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aMovedParticipantEntersTheOtherRoom() {
    Running<ConferenceOutcome> visit = visit();

    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());

    assertThat(bed.mixer.hasIn(Bed.OTHER, "ann")).isTrue();
    assertThat(bed.mixer.hasIn(Bed.ROOM, "ann")).isFalse();
    assertThat(visit.isDone()).isFalse();
  }

  @Test
  void theFirstSeatIsReleasedAtOnceAndTheSecondOnLeaving() {
    Running<ConferenceOutcome> visit = visit();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    assertThat(bed.seatsTaken()).isEqualTo(1);
    assertThat(bed.snapshot(Bed.ROOM)).isEmpty();

    bed.mixer.kicksAsThirdParty("ann");
    bed.until(visit);

    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void leavingTheLastRoomDoesNotChangeTheOutcome() {
    Running<ConferenceOutcome> visit = visit();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());

    bed.mixer.kicksAsThirdParty("ann");

    assertThat(bed.until(visit)).isEqualTo(ConferenceOutcome.MOVED);
  }

  @Test
  void aParticipantCanBeMovedRepeatedly() {
    Running<ConferenceOutcome> visit = visit();

    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    bed.moves("ann", Bed.OTHER, THIRD, Set.of());
    bed.moves("ann", THIRD, Bed.ROOM, Set.of());

    assertThat(bed.mixer.entries())
        .extracting(Entry::room)
        .containsExactly(Bed.ROOM, Bed.OTHER, THIRD, Bed.ROOM);
    assertThat(bed.seatsTaken()).isEqualTo(1);
    assertThat(visit.isDone()).isFalse();
  }

  @Test
  void aMovedParticipantJoinsWithTheMovesFlagsInsteadOfTheDocuments() {
    bed.conference(
        "other",
        "{\"member\":{\"join_muted\":true,\"play_entry_prompt\":true},\"profile_name\":\"wide\"}");
    visit();

    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of(MemberFlag.DEAF, MemberFlag.MODERATOR));

    JoinOptions options = bed.mixer.entry("ann").options();
    assertThat(options.flags()).containsExactlyInAnyOrder(MemberFlag.DEAF, MemberFlag.MODERATOR);
    assertThat(options.profile()).isEqualTo("wide");
    assertThat(ann.leg().heard()).isEmpty();
  }

  @Test
  void theKeysOfTheOtherRoomApply() {
    bed.conference(
        "other", "{\"controls\":{\"default\":[{\"digits\":\"9\",\"action\":\"hangup\"}]}}");
    Running<ConferenceOutcome> visit = visit();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());

    ann.leg().press("9");

    bed.until(visit);
    assertThat(bed.mixer.hasIn(Bed.OTHER, "ann")).isFalse();
  }

  @Test
  void aParticipantIsNotMovedIntoAConferenceThatHasBeenDeleted() {
    Running<ConferenceOutcome> visit = visit();
    bed.mixer.keepsTheKicked();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    bed.store.remove(Bed.ACME, DocumentType.CONFERENCE, "other");

    bed.mixer.letGo("ann");

    bed.until(visit);
    assertThat(bed.mixer.entries()).hasSize(1);
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void theSeatsAreReleasedIfTheDocumentCannotBeRead() {
    Running<ConferenceOutcome> visit = visit();
    bed.mixer.keepsTheKicked();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    bed.readOnly.goesDown();

    bed.mixer.letGo("ann");

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> bed.until(visit));
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void theSeatIsReleasedIfTheMixerSendsThemBack() {
    Running<ConferenceOutcome> visit = visit();
    bed.mixer.admits(Admits.NO_LEG);

    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());

    bed.until(visit);
    assertThat(bed.seatsTaken()).isZero();
    assertThat(ann.leg().heard()).isEmpty();
  }

  @Test
  void theSeatIsReleasedIfTheyHangUpDuringTheMove() {
    Running<ConferenceOutcome> visit = visit();
    bed.mixer.admits(Admits.LATER);
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    assertThat(bed.seatsTaken()).isEqualTo(1);

    ann.leg().hangsUp();

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> bed.until(visit));
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void theSeatIsReleasedIfTheyHangUpInTheOtherRoom() {
    Running<ConferenceOutcome> visit = visit();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());

    ann.leg().hangsUp(Duration.ofSeconds(5));

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> bed.until(visit));
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void bothSeatsAreReleasedIfTheyHangUpInTheFirstRoom() {
    Presence presence = bed.enters(ann.member(), held);
    bed.mixer.keepsTheKicked();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    assertThat(bed.seatsTaken()).isEqualTo(2);

    ann.leg().hangsUp();
    assertThatExceptionOfType(CallEndedException.class)
        .isThrownBy(() -> bed.run(() -> stay.untilOut(presence).throwIfHungUp()));
    bed.run(held::close);

    assertThat(bed.seatsTaken()).isZero();
  }

  private Running<ConferenceOutcome> visit() {
    Presence presence = bed.enters(ann.member(), held);
    return bed.begin(() -> {
      ConferenceOutcome outcome = stay.untilOut(presence).outcome();
      moves.follow(presence, outcome, held);
      return outcome;
    });
  }
}
