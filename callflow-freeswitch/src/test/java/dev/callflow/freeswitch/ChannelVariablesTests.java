package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelVariablesTests {

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  @Test
  void variablesAreSetTogether() {
    assertThat(ChannelVariables.multiset(ordered("a", "1", "b", "two words")))
        .hasValue("^^~a=1~b=two words");
  }

  @Test
  void theSignBetweenThemIsOneThatNoValueHas() {
    assertThat(ChannelVariables.multiset(ordered("a", "~", "b", "|"))).hasValue("^^^a=~^b=|");
  }

  @Test
  void whatHasEverySignIsNotSet() {
    assertThat(ChannelVariables.multiset(ordered("a", "~|^#:;,"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"${caller}", "$(ls)", "a\nb", "a\\b", "it's", "\u007f"})
  void whatFreeSwitchCouldExpandIsLeftOut(String value) {
    assertThat(ChannelVariables.isSafe(value)).isFalse();
    assertThat(ChannelVariables.multiset(ordered("a", value, "b", "2"))).hasValue("^^~b=2");
  }

  @Test
  void nothingToSetIsNothing() {
    assertThat(ChannelVariables.multiset(Map.of())).isEmpty();
  }
}
