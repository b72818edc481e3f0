package dev.callflow.simulator.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected results are those of switch_channel_expand_variables in FreeSWITCH 1.11. */
class SubstitutionTests {

  private static final Map<String, String> VARIABLES =
      Map.of(
          "name", "Alice",
          "which", "name",
          "outer", "<${name}>",
          "bad", "${system(id)}",
          "loop", "${loop}");

  private final List<String> ran = new ArrayList<>();

  private String apply(String text) {
    return new Substitution(
            name -> Optional.ofNullable(VARIABLES.get(name)),
            (name, argument) -> {
              ran.add(name + " " + argument);
              return "[" + argument + "]";
            })
        .apply(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text         | plain text",
        "${name}            | Alice",
        "$${name}           | Alice",
        "a${name}b${name}${name} | aAlicebAliceAlice",
        "${nobody}!         | !",
        "${${which}}        | Alice",
        "${outer}           | <Alice>",
        "$name $ $$ {name}  | $name $ $$ {name}",
        "${name:2}          | ice",
        "${name:1:2}        | li",
        "${name:-3}         | ice",
        "${name             | Alice"
      })
  void variablesAreSubstituted(String text, String result) {
    assertThat(apply(text)).isEqualTo(result);
    assertThat(ran).isEmpty();
  }

  @Test
  void anEscapedDollarIsSubstitutedOnlyInTheNextPass() {
    assertThat(apply("\\${name}")).isEqualTo("${name}");
    assertThat(apply(apply("\\${name}"))).isEqualTo("Alice");
  }

  @Test
  void escapesAreProcessedOnlyInTextWithReferencesOrKnownEscapes() {
    assertThat(apply("\\\\ it\\'s ${name}")).isEqualTo("\\ its Alice");
    assertThat(apply("\\x")).isEqualTo("\\x");
    assertThat(apply("$$ ${name}")).isEqualTo("$ Alice");
  }

  @Test
  void aBackslashRightAfterAReferenceIsAnOrdinaryCharacter() {
    assertThat(apply("${name}\\${name}")).isEqualTo("Alice\\Alice");
  }

  @Test
  void aCommandIsReplacedWithItsAnswer() {
    assertThat(apply("x ${system(id)} y")).isEqualTo("x [id] y");
    assertThat(apply("x ${system id -u} y")).isEqualTo("x [id -u] y");
    assertThat(ran).containsExactly("system id", "system id -u");
  }

  @Test
  void commandsAreRunFromTheInsideOut() {
    assertThat(apply("${md5(${name}${echo(1)})}")).isEqualTo("[Alice[1]]");
    assertThat(ran).containsExactly("echo 1", "md5 Alice[1]");
  }

  @Test
  void parenthesesInAnArgumentAreMatched() {
    assertThat(apply("${echo(a(b)c)d}")).isEqualTo("[a(b)c]");
    assertThat(apply("${echo a (b) c}")).isEqualTo("[a (b]");
  }

  @Test
  void aCommandInAVariableIsRunToo() {
    assertThat(apply("${bad}")).isEqualTo("[id]");
  }

  @Test
  void aVariableThatRefersToItselfIsNotSubstitutedForever() {
    assertThat(apply("${loop}")).isEqualTo("${loop}");
  }

  @Test
  void aReferenceIsRecognisedDespiteBackslashes() {
    assertThat(Substitution.mentionsVariable("a${b}")).isTrue();
    assertThat(Substitution.mentionsVariable("a$\\{b}")).isTrue();
    assertThat(Substitution.mentionsVariable("a$ {b}")).isFalse();
  }
}
