package dev.callflow.conference.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.MemberFlag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stored progress of a participant is read back unchanged. */
class StepTests {

  @Test
  void everyStepIsReadBackUnchanged() {
    List<Step> steps =
        List.of(
            new Step.Pin("board", Optional.empty(), 0),
            new Step.Pin("board", Optional.of(true), 2),
            new Step.Outside("board", false),
            new Step.Outside("board", true),
            new Step.Inside("board", true, Optional.empty()),
            new Step.Inside("board", false, Optional.of(Set.of())),
            new Step.Inside(
                "a/b", false, Optional.of(Set.of(MemberFlag.MUTE, MemberFlag.MODERATOR))));
    for (Step step : steps) {
      assertThat(Step.read(step.words())).contains(step);
    }
  }

  @Test
  void unknownWordsAreNotAStepAndAnInvalidNumberOfTriesCountsAsZero() {
    assertThat(Step.read(Map.of())).isEmpty();
    assertThat(Step.read(Map.of("step", "elsewhere"))).isEmpty();
    assertThat(Step.read(Map.of("step", "pin", "conference", "c", "tries", "many")))
        .contains(new Step.Pin("c", Optional.empty(), 0));
  }
}
