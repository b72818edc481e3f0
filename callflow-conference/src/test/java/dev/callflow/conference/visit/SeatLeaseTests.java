package dev.callflow.conference.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.room.Move;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeatLeaseTests {

  private final Bed bed = new Bed().room("{}").conference("other", "{}");
  private final Visitor ann = bed.visitor("ann");
  private final Held held = new Held();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aSeatIsTakenUntilItIsGivenBack() {
    bed.enters(ann.member(), held);
    assertThat(bed.seatsTaken()).isEqualTo(1);

    bed.run(held::close);

    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aLeaseCanBeGivenBackBeforeASeatWasRequested() {
    SeatLease.hold(bed.rooms, Bed.ROOM, ann.call().id(), held);

    bed.run(held::close);

    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aParticipantIsMovedOnlyIfAnOperatorMovesThem() {
    Presence presence = bed.enters(ann.member(), held);
    assertThat(bed.run(() -> presence.seat().move())).isEmpty();
    bed.mixer.keepsTheKicked();

    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of(MemberFlag.DEAF));

    assertThat(bed.run(() -> presence.seat().move()))
        .contains(new Move(Bed.OTHER, Set.of(MemberFlag.DEAF)));
  }

  @Test
  void theSeatInTheNextRoomIsGivenBackTooIfTheParticipantDoesNotGoThere() {
    bed.enters(ann.member(), held);
    bed.mixer.keepsTheKicked();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    assertThat(bed.seatsTaken()).isEqualTo(2);

    bed.run(held::close);

    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aParticipantWhoGoesToTheNextRoomKeepsTheSeatThere() {
    Presence presence = bed.enters(ann.member(), held);
    bed.mixer.keepsTheKicked();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    Held there = new Held();

    bed.run(() -> {
      presence.seat().moveOn(Bed.OTHER, there);
      held.close();
    });
    assertThat(bed.seatsTaken()).isEqualTo(1);
    bed.run(there::close);

    assertThat(bed.seatsTaken()).isZero();
  }
}
