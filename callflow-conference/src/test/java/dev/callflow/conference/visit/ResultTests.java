package dev.callflow.conference.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.observe.ConferenceOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTests {

  private static final Refusal FULL =
      new Refusal(ConferenceOutcome.FULL, List.of(), Optional.of("room"));

  @Test
  void theNextStepReceivesTheValueOfThePreviousOne() {
    assertThat(Result.passed(20).then(found -> Result.passed(found + 1)))
        .isEqualTo(Result.passed(21));
  }

  @Test
  void theNextStepCanRefuse() {
    assertThat(Result.passed(20).then(found -> Result.<String>refused(FULL)))
        .isEqualTo(Result.refused(FULL));
  }

  @Test
  void afterARefusalNoFurtherStepRuns() {
    assertThat(
            Result.<Integer>refused(FULL)
                .then(found -> {
                  throw new AssertionError("a step after a refusal");
                }))
        .isEqualTo(Result.refused(FULL));
  }
}
