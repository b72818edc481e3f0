package dev.callflow.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.answer.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what query parameters an operation accepts. */
class ParametersTests {

  private static final Parameters LIST =
      Parameters.KAZOO
          .with("page_size", ParameterRule.COUNT)
          .with("paginate", ParameterRule.FLAG)
          .with("created_from", ParameterRule.SECONDS)
          .with("filter_*", ParameterRule.TEXT);

  @ParameterizedTest
  @CsvSource({
    "page_size, 1",
    "page_size, 999999",
    "page_size, 007",
    "paginate, false",
    "created_from, 63900000000",
    "filter_name, anything",
    "other, anything"
  })
  void aValidOrUnknownParameterPasses(String name, String value) {
    assertThat(LIST.check(Map.of(name, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "page_size, abc", "page_size, -1", "page_size, 0", "page_size, 1.5", "page_size, ''",
    "page_size, 1000000", "page_size, ٣", "paginate, yes", "paginate, TRUE", "created_from, now",
    "created_from, 1e9"
  })
  void aBadValueIsRefused(String name, String value) {
    assertThat(LIST.check(Map.of(name, value)))
        .hasValueSatisfying(
            refusal -> assertThat(((Answer.Refused) refusal).failure().status()).isEqualTo(400));
  }

  @Test
  void theRefusalSaysWhatIsExpected() {
    assertThat(LIST.check(Map.of("paginate", "yes")).orElseThrow().toString())
        .contains("paginate", "must be true or false, in the query")
        .doesNotContain("yes");
  }

  @Test
  void ignoredParametersAreNamed() {
    assertThat(LIST.ignored(Map.of("_", "1", "page_size", "2", "filter_a", "b", "x", "3")))
        .contains("_, x");
    assertThat(LIST.ignored(Map.of("page_size", "2", "auth_token", "t", "verb", "get"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: b", "a,b", "ä", "a b", "\u0000"})
  void aNameCannotBecomePartOfTheHeader(String name) {
    assertThat(LIST.ignored(Map.of(name, "1")).orElseThrow()).matches("[A-Za-z0-9._*%+-]+");
  }

  @Test
  void theHeaderIsLimited() {
    Map<String, String> query = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      query.put("x".repeat(100) + i, "1");
    }
    assertThat(LIST.ignored(query).orElseThrow()).hasSizeLessThan(700);
  }

  @Test
  void ourOwnPathsRefuseUnknownParameters() {
    Parameters own = Parameters.OWN.with("from", ParameterRule.SECONDS);
    assertThat(own.check(Map.of("from", "1", "verb", "get"))).isEmpty();
    assertThat(own.check(Map.of("form", "1")).orElseThrow().toString())
        .contains("form", "is not a parameter of this path; known are [from]");
    assertThat(Parameters.OWN.check(Map.of("form", "1")).orElseThrow().toString())
        .contains("it has none");
    assertThat(own.ignored(Map.of("form", "1"))).isEmpty();
  }
}
