package dev.callflow.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredTextsTests {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ^4930(.*)$         , 4930
          ^\\*7(\\d+)$       , *7
          ^(4930\\d*)$       , 4930
          ^(?<room>12.)      , 12
          ^12+3              , 12
          ^12?3              , 1
          ^123{0}            , 12
          ^(12|13)$          , 12 13
          ^100$|^200$        , 100 200
          """,
      ignoreLeadingAndTrailingWhitespace = true)
  void aTextAtTheStartOfTheNumber(String pattern, String texts) {
    assertThat(RequiredTexts.of(pattern))
        .extracting(RequiredText::text, RequiredText::atStart)
        .containsExactlyInAnyOrder(
            java.util.Arrays.stream(texts.split(" "))
                .map(text -> org.assertj.core.groups.Tuple.tuple(text, true))
                .toArray(org.assertj.core.groups.Tuple[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          4930
          ^\\+?4930(\\d+)$
          ^(?:\\+49|0)?4930
          [0-9]4930$
          1?4930
          """)
  void aTextAnywhereInTheNumber(String pattern) {
    assertThat(RequiredTexts.of(pattern)).isEqualTo(Set.of(new RequiredText("4930", false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*",
        "^(.*)$",
        "^\\d{4}$",
        "(123)?",
        "(12|)",
        "12|",
        "1*",
        "(?i)ab",
        "(?=12)34",
        "\\Q12\\E",
        "\\x31",
        "\\u0031",
        "[[1]2]3",
        "[1&&2]3",
        "12(?#3)",
        "\uD83D\uDE00?1",
        "^*12"
      })
  void nothingIsKnownAboutOtherPatterns(String pattern) {
    assertThat(RequiredTexts.of(pattern)).isEmpty();
  }

  @Test
  void nothingIsKnownAboutADeeplyNestedPattern() {
    assertThat(RequiredTexts.of("(".repeat(20_000) + "1" + ")".repeat(20_000))).isEmpty();
  }
}
