package dev.callflow.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberPatternTests {

  @Test
  void aPatternMatchesAnywhereUnlessItIsAnchored() {
    assertThat(NumberPattern.of("23").match("1234")).isPresent();
    assertThat(NumberPattern.of("^23").match("1234")).isEmpty();
  }

  @Test
  void theLongestGroupIsCaptured() {
    assertThat(NumberPattern.of("^(1)(.*)(9)$").match("1239"))
        .contains(new NumberPattern.Match("23", Map.of()));
  }

  @Test
  void withoutGroupsTheWholeMatchIsCaptured() {
    assertThat(NumberPattern.of("2.").match("1239"))
        .contains(new NumberPattern.Match("23", Map.of()));
  }

  @Test
  void emptyNamedGroupsAreOmitted() {
    assertThat(NumberPattern.of("^(?<a>1)(?<b>x?)(?<c>y)?").match("1"))
        .contains(new NumberPattern.Match("1", Map.of("a", "1")));
  }

  @Test
  void aPatternThatNeedsTooManyStepsMatchesNothing() {
    assertThat(NumberPattern.of("^(a+)+$").match("a".repeat(60) + "b")).isEmpty();
  }
}
