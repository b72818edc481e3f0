package dev.callflow.conference.kept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Turns come in the order in which threads have queued for them. */
class RoomTurnsTests {

  private static final Duration AT_ONCE = Duration.ZERO;

  private final RoomTurns turns = new RoomTurns(TimeSource.system());

  @Test
  void aTurnBeginsWhenTheEarlierOnesHaveEnded() {
    RoomTurns.Turn first = turns.queue("room");
    RoomTurns.Turn second = turns.queue("room");
    RoomTurns.Turn third = turns.queue("room");
    assertThat(first.begin(AT_ONCE)).isTrue();
    assertThat(second.begin(AT_ONCE)).isFalse();
    first.close();
    assertThat(third.begin(AT_ONCE)).isFalse();
    assertThat(second.begin(AT_ONCE)).isTrue();
    second.close();
    assertThat(third.begin(AT_ONCE)).isTrue();
  }

  @Test
  void aTurnThatIsGivenUpIsSkipped() {
    RoomTurns.Turn first = turns.queue("room");
    RoomTurns.Turn second = turns.queue("room");
    RoomTurns.Turn third = turns.queue("room");
    second.close();
    first.close();
    first.close();
    assertThat(third.begin(AT_ONCE)).isTrue();
  }

  @Test
  void aTurnThatEndsBeforeItsThreadHasBegunItIsPassedOn() {
    RoomTurns.Turn first = turns.queue("room");
    RoomTurns.Turn second = turns.queue("room");
    first.close();
    assertThat(second.begin(AT_ONCE)).isTrue();
  }

  @Test
  void turnsOfDifferentSubjectsAreIndependent() {
    assertThat(turns.queue("room").begin(AT_ONCE)).isTrue();
    assertThat(turns.queue("another").begin(AT_ONCE)).isTrue();
  }

  @Test
  void afterTheLastTurnTheNextOneBeginsAtOnce() {
    turns.queue("room").close();
    assertThat(turns.queue("room").begin(AT_ONCE)).isTrue();
  }
}
