package dev.callflow.core.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTests {

  private static final List<String> KNOWN =
      List.of("flow", "menu", "moderator", "name", "pins", "play", "wait_for_moderator");

  @ParameterizedTest
  @CsvSource({
    "pin, pins",
    "PINS, pins",
    "menue, menu",
    "moderater, moderator",
    "modreator, moderator",
    "waitForModerator, wait_for_moderator",
    "wait-for-moderater, wait_for_moderator",
    "Flow, flow"
  })
  void aMisspeltNameIsFound(String word, String meant) {
    assertThat(Nearest.to(word, KNOWN)).contains(meant);
    assertThat(Nearest.hint(word, KNOWN)).isEqualTo("; did you mean \"" + meant + "\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "own", "kind", "colour", "moderation_of_all", "_", "-"})
  void aDifferentWordIsNot(String word) {
    assertThat(Nearest.to(word, KNOWN)).isEmpty();
    assertThat(Nearest.hint(word, KNOWN)).isEmpty();
  }

  @Test
  void ofSeveralTheFirstInAlphabeticalOrderIsTaken() {
    assertThat(Nearest.to("pinx", List.of("pint", "pins"))).contains("pins");
  }

  @Test
  void veryLongWordsAreNotCompared() {
    String word = "x".repeat(65);
    assertThat(Nearest.to(word, List.of(word))).isEmpty();
  }
}
