package dev.callflow.simulator.wire.text;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected results are those of switch_event_create_brackets in FreeSWITCH 1.11. */
class BracketsTests {

  private static Brackets read(String text) {
    return Brackets.read(text, '{', '}', ',').orElseThrow();
  }

  @Test
  void aBlockContainsVariablesAndTheRestFollows() {
    assertThat(read("{a=1,b=2}sofia/x"))
        .isEqualTo(new Brackets(List.of(entry("a", "1"), entry("b", "2")), "sofia/x"));
  }

  @Test
  void quotesProtectACommaButNotABrace() {
    assertThat(read("{a='1,b=2'}x").variables()).containsExactly(entry("a", "1,b=2"));
    assertThat(read("{a='1}b=2'}x")).isEqualTo(new Brackets(List.of(entry("a", "'1")), "b=2'}x"));
  }

  @Test
  void aBlockMaySetItsOwnSeparator() {
    assertThat(read("{^^~a=1,2~b='3~4'}x").variables())
        .containsExactly(entry("a", "1,2"), entry("b", "3~4"));
  }

  @Test
  void eachVariableMaySetItsOwnSeparatorOfNameAndValue() {
    assertThat(read("{^^;b=2;^^:api_on_originate:system id}x").variables())
        .containsExactly(entry("b", "2"), entry("api_on_originate", "system id"));
  }

  @Test
  void quotesAndEscapesAreProcessedTwice() {
    assertThat(read("{^^~a=it\\\\'s\\\\n}x").variables()).containsExactly(entry("a", "it's\n"));
  }

  @Test
  void namesWithoutAValueAreLeftOut() {
    assertThat(read("{a=,b,c=3}x").variables()).containsExactly(entry("c", "3"));
  }

  @Test
  void aNameMayRepeat() {
    assertThat(read("{a=1,a=2}x").variables()).containsExactly(entry("a", "1"), entry("a", "2"));
  }

  @Test
  void bracesInsideABlockAreMatched() {
    assertThat(read("{a={b}}x")).isEqualTo(new Brackets(List.of(entry("a", "{b}")), "x"));
  }

  @Test
  void anUnclosedBlockIsNotABlock() {
    assertThat(Brackets.read("{a={1}x", '{', '}', ',')).isEmpty();
  }
}
