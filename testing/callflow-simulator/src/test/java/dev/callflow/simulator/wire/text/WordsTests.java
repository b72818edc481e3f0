package dev.callflow.simulator.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The expected results are those of switch_separate_string in FreeSWITCH 1.11. */
class WordsTests {

  @Test
  void severalSpacesCountAsOne() {
    assertThat(Words.of("  a   b c  ", ' ', 10)).containsExactly("a", "b", "c");
  }

  @Test
  void otherSeparatorsEachEndAWordAndATrailingOneStartsNone() {
    assertThat(Words.of(",a,,b,", ',', 10)).containsExactly("", "a", "", "b");
  }

  @Test
  void emptyTextHasNoWords() {
    assertThat(Words.of("", ' ', 10)).isEmpty();
    assertThat(Words.of("", ',', 10)).isEmpty();
    assertThat(Words.of("   ", ' ', 10)).containsExactly("");
  }

  @Test
  void theLastWordContainsTheRest() {
    assertThat(Words.of("a=b=c", '=', 2)).containsExactly("a", "b=c");
    assertThat(Words.of("uuid name the whole value", ' ', 3))
        .containsExactly("uuid", "name", "the whole value");
  }

  @Test
  void quotesProtectASeparatorAndAreRemoved() {
    assertThat(Words.of("a 'b c' d", ' ', 10)).containsExactly("a", "b c", "d");
    assertThat(Words.of("x='1,2',y=3", ',', 10)).containsExactly("x=1,2", "y=3");
  }

  @Test
  void quotesDoNotProtectInASecondPass() {
    String once = Words.of("{x='1,y=2'}z '&park()'", ' ', 10).getFirst();

    assertThat(once).isEqualTo("{x=1,y=2}z");
    assertThat(Words.of("x=1,y=2", ',', 10)).containsExactly("x=1", "y=2");
  }

  @Test
  void anUnclosedQuoteIsAnOrdinaryCharacterExceptBetweenSpaces() {
    assertThat(Words.of("it's,b", ',', 10)).containsExactly("it's", "b");
    assertThat(Words.of("it's b c", ' ', 10)).containsExactly("it's b c");
  }

  @Test
  void aBackslashProtectsASeparatorOtherThanASpaceAndIsRemoved() {
    assertThat(Words.of("a\\,b,c", ',', 10)).containsExactly("a,b", "c");
    assertThat(Words.of("a\\ b c", ' ', 10)).containsExactly("a\\ b", "c");
  }

  @Test
  void aBackslashTurnsSomeLettersIntoControlCharacters() {
    assertThat(Words.of("a\\nb\\rc\\td\\se", ',', 10)).containsExactly("a\nb\rc\td e");
  }

  @Test
  void onlyABackslashBeforeAQuoteOrABackslashIsRemoved() {
    assertThat(Words.of("\\'a\\\" \\\\ \\x", ',', 10)).containsExactly("'a\" \\ \\x");
  }

  @Test
  void spacesAroundAWordAreRemovedUnlessQuoted() {
    assertThat(Words.of(" a , ' b ' ", ',', 10)).containsExactly("a", " b ");
  }

  @Test
  void textMaySetItsOwnSeparator() {
    assertThat(Words.of("^^;a,b;c d", ' ', 10)).containsExactly("a,b", "c d");
    assertThat(Words.of("^^;", ' ', 10)).containsExactly("^^;");
  }

  @Test
  void partsAreSeparatedRegardlessOfQuotes() {
    assertThat(Words.parts("{a='x:_:y'}b", ":_:", 10)).containsExactly("{a='x", "y'}b");
    assertThat(Words.parts("a", ":_:", 10)).containsExactly("a");
    assertThat(Words.parts("a:_::_:b", ":_:", 2)).containsExactly("a", ":_:b");
  }

  @Test
  void theTailKeepsItsQuotes() {
    assertThat(Words.tail("flite|slt|it's 'so'|and so", '|', 3)).isEqualTo("it's 'so'|and so");
    assertThat(Words.tail("only text", '|', 1)).isEqualTo("only text");
  }
}
