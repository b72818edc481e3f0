package dev.callflow.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryStringTests {

  @Test
  void parametersAreDecoded() {
    assertThat(QueryString.parse("filter_name=Red%20room&page_size=2"))
        .isEqualTo(Map.of("filter_name", "Red room", "page_size", "2"));
  }

  @Test
  void theLastValueOfARepeatedParameterCounts() {
    assertThat(QueryString.parse("a=1&a=2")).isEqualTo(Map.of("a", "2"));
  }

  @Test
  void aParameterWithoutAValueIsEmpty() {
    assertThat(QueryString.parse("a&&b=")).isEqualTo(Map.of("a", "", "b", ""));
  }

  @Test
  void aValueMayContainEqualsSigns() {
    assertThat(QueryString.parse("a=b=c")).isEqualTo(Map.of("a", "b=c"));
  }

  @Test
  void textThatIsNotEncodedCorrectlyRemains() {
    assertThat(QueryString.parse("a=100%&b=%zz")).isEqualTo(Map.of("a", "100%", "b", "%zz"));
  }

  @Test
  void aRequestWithoutAQueryHasNoParameters() {
    assertThat(QueryString.parse(null)).isEmpty();
    assertThat(QueryString.parse("")).isEmpty();
  }
}
