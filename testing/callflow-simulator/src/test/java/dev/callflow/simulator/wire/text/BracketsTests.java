package dev.callflow.simulator.wire.text;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** As switch_event_create_brackets of FreeSWITCH 1.11 does it. */
class BracketsTests {

  private static Brackets read(String text) {
    return Brackets.read(text, '{', '}', ',').orElseThrow();
  }

  @Test
  void aBlockHoldsVariablesAndTheRestFollows() {
    assertThat(read("{a=1,b=2}sofia/x"))
        .isEqualTo(new Brackets(List.of(entry("a", "1"), entry("b", "2")), "sofia/x"));
  }

  @Test
  void quotesProtectACommaButNotABrace() {
    assertThat(read("{a='1,b=2'}x").variables()).containsExactly(entry("a", "1,b=2"));
    assertThat(read("{a='1}b=2'}x")).isEqualTo(new Brackets(List.of(entry("a", "'1")), "b=2'}x"));
  }

  @Test
  void aBlockMayNameItsOwnSeparator() {
    assertThat(read("{^^~a=1,2~b='3~4'}x").variables())
        .containsExactly(entry("a", "1,2"), entry("b", "3~4"));
  }

  @Test
  void eachVariableMayNameItsOwnSeparatorOfNameAndValue() {
    assertThat(read("{^^;b=2;^^:api_on_originate:system id}x").variables())
        .containsExactly(entry("b", "2"), entry("api_on_originate", "system id"));
  }

  @Test
  void quotesAndEscapesAreReadTwice() {
    assertThat(read("{^^~a=it\\\\'s\\\\n}x").variables()).containsExactly(entry("a", "it's\n"));
  }

  @Test
  void whatHasNoValueIsLeftOut() {
    assertThat(read("{a=,b,c=3}x").variables()).containsExactly(entry("c", "3"));
  }

  @Test
  void aNameMayOccurAgain() {
    assertThat(read("{a=1,a=2}x").variables()).containsExactly(entry("a", "1"), entry("a", "2"));
  }

  @Test
  void bracesInsideCount() {
    assertThat(read("{a={b}}x")).isEqualTo(new Brackets(List.of(entry("a", "{b}")), "x"));
  }

  @Test
  void aBlockThatDoesNotEndIsNone() {
    assertThat(Brackets.read("{a={1}x", '{', '}', ',')).isEmpty();
  }
}
