package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.freeswitch.SwitchText.Word;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchTextTests {

  private final SwitchText text = SwitchText.GUARDED;

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  // ---- multiset

  @Test
  void anEmptyValueRemovesTheVariable() {
    assertThat(text.multiset(ordered("a", "", "b", "2"))).hasValue("^^~a=~b=2");
  }

  @Test
  void variablesAreSetTogether() {
    assertThat(text.multiset(ordered("a", "1", "b", "two words"))).hasValue("^^~a=1~b=two words");
  }

  @Test
  void theSeparatorOccursInNoValue() {
    assertThat(text.multiset(ordered("a", "~", "b", ";"))).hasValue("^^!a=~!b=;");
  }

  @Test
  void aValueWithEverySeparatorDropsNoVariable() {
    assertThat(text.multiset(ordered("a", "~|^#:;,!", "b", "2")))
        .hasValue("^^\u001fa=~|^#:;,!\u001fb=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${caller}", "$(ls)", "a\nb", "a\\b", "it's", "\u007f", "\u001fb=3"})
  void aValueWithSpecialCharactersIsLeftOut(String value) {
    assertThat(text.multiset(ordered("a", value, "b", "2"))).hasValue("^^~b=2");
  }

  @Test
  void withoutValuesThereIsNoArgument() {
    assertThat(text.multiset(Map.of())).isEmpty();
  }

  // ---- set

  @Test
  void aVariableIsSet() {
    assertThat(text.set("cav_lang", "de ~ {x} = 1")).hasValue("cav_lang=de ~ {x} = 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${system(id)}", "a\\b", "a\nb", "it's"})
  void aVariableWithSpecialCharactersIsNotSet(String value) {
    assertThat(text.set("cav_lang", value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api_hangup_hook",
        "execute_on_media",
        "conference_flags",
        "cav_a=b",
        "cav_a b"
      })
  void aVariableWithoutOurPrefixIsNotSet(String name) {
    assertThat(text.set(name, "x")).isEmpty();
  }

  // ---- files, speech

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a b.wav",
        "tone_stream://%(200,0,500)",
        "file_string:///a.wav!/b.wav",
        "moh.wav"
      })
  void aFileIsWrittenUnchanged(String file) {
    assertThat(text.file(file)).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%[api_hangup_hook=x]/a.wav",
        "%~[a=1~b=2]/a.wav",
        "@/a.wav",
        "${x}",
        "/a'",
        "/a\\"
      })
  void aFileWithSpecialCharactersIsRefused(String file) {
    assertThatIllegalArgumentException().isThrownBy(() -> text.file(file));
  }

  @Test
  void textIsSpokenWithoutSpecialCharacters() {
    assertThat(text.speech("flite", "kal", "Don't pay 5$ | {rate=1} \\n now"))
        .isEqualTo("flite|kal|Don't pay 5     rate=1   n now");
  }

  @ParameterizedTest
  @CsvSource({"'fl|ite',kal", "flite,'{a=b}kal'", "'',kal", "flite,'k al'"})
  void enginesAndVoicesArePlainNames(String engine, String voice) {
    assertThatIllegalArgumentException().isThrownBy(() -> text.speech(engine, voice, "Hello"));
  }

  // ---- arguments of commands

  @Test
  void anArgumentWithABlankIsQuoted() {
    assertThat(text.argument("/a.wav")).isEqualTo("/a.wav");
    assertThat(text.argument("/a b.wav")).isEqualTo("'/a b.wav'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a'", "a\\", "a\nb", "${x}"})
  void anArgumentWithSpecialCharactersIsRefused(String argument) {
    assertThatIllegalArgumentException().isThrownBy(() -> text.argument(argument));
  }

  @ParameterizedTest
  @EnumSource(value = Word.class, mode = EnumSource.Mode.EXCLUDE, names = "LEG")
  void noKindOfWordMayContainSpecialCharacters(Word kind) {
    for (String character :
        new String[] {"'", "\\", "{", "}", "$", "|", ",", " ", "~", "=", "\n", "[", "&"}) {
      assertThat(text.isWord(kind, "a" + character + "1")).as("%s: %s", kind, character).isFalse();
      assertThat(text.isWord(kind, "/a" + character + "1")).as("%s: %s", kind, character).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6384e2b2-184b-3bf5-8ecc-f10ca7a6563c",
        "a84b4c76e66710@pc33.example.com",
        "-1(2)<3>:4/[5]?{6}*%_+`~!\"=;#&|,",
        "Zoë"
      })
  void theUuidOfAChannelMayBeAnyTextWithoutSyntax(String uuid) {
    assertThat(text.word(Word.LEG, uuid)).isEqualTo(uuid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a'b", "a\\b", "a\nb", "a\tb", "${x}", "^^,a"})
  void aUuidThatWouldBeSyntaxIsRefused(String uuid) {
    assertThat(text.isWord(Word.LEG, uuid)).isFalse();
  }

  // ---- SIP headers

  @Test
  void aHeaderListsVariablesSortedByName() {
    assertThat(text.headerList(ordered("b", "2", "a", "1"))).hasValue("a=1;b=2");
    assertThat(text.headerList(Map.of("a", "1;b=2"))).isEmpty();
    assertThat(text.headerList(Map.of("a", "1\r\nFrom: eve"))).isEmpty();
    assertThat(text.headerList(Map.of("a b", "1"))).isEmpty();
  }

  // ---- values that a dial order accepts

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "b,ar baz",
        "~;!#",
        "ü|[x]<y>",
        "x:_",
        "a=b",
        "(1)",
        "",
        "%[x]",
        "@@",
        "^^,a"
      })
  void everyValueAllowedInADialOrderCanBeWritten(String value) {
    assertThat(DialOrder.isValue(value)).isTrue();
    assertThat(text.dialString(Map.of("cav_a", value), "loopback/1/x"))
        .endsWith("cav_a=" + value + "}loopback/1/x");
  }

  // ---- guards

  @ParameterizedTest
  @EnumSource(Guard.class)
  void eachGuardCanBeDisabledAlone(Guard guard) {
    Set<Guard> others = EnumSet.complementOf(EnumSet.of(guard));
    SwitchText unguarded = new SwitchText(others);
    switch (guard) {
      case QUOTE -> assertThat(unguarded.argument("a' b")).isEqualTo("'a' b'");
      case BACKSLASH -> assertThat(unguarded.set("cav_a", "x\\")).hasValue("cav_a=x\\");
      case BRACE ->
          assertThat(unguarded.dialString(Map.of("a", "x}loopback/900555"), "loopback/1"))
              .isEqualTo("{^^~a=x}loopback/900555}loopback/1");
      case EXPANSION -> assertThat(unguarded.set("cav_a", "${x}")).hasValue("cav_a=${x}");
      case ENTERPRISE ->
          assertThat(unguarded.humanName("x:_:loopback/900555")).isEqualTo("x:_:loopback/900555");
      case CONTROL ->
          assertThat(unguarded.multiset(Map.of("a", "~;!#\u001fb=1")))
              .hasValue("^^\u001fa=~;!#\u001fb=1");
      case SEPARATOR -> assertThat(unguarded.multiset(Map.of("a", "1~b=2"))).hasValue("^^~a=1~b=2");
      case SCOPE -> assertThat(unguarded.file("%[a=b]/x")).isEqualTo("%[a=b]/x");
      case VARIABLE ->
          assertThat(unguarded.set("api_hangup_hook", "x")).hasValue("api_hangup_hook=x");
      case WORD -> assertThat(unguarded.word(Word.NUMBER, "1,2")).isEqualTo("1,2");
    }
  }
}
