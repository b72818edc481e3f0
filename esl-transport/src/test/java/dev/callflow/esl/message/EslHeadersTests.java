package dev.callflow.esl.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EslHeadersTests {

  private static EslHeaders headers(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return EslHeaders.immutable(bytes, bytes.length);
  }

  /** After a few lookups, the headers use an index, which must give the same results. */
  @Test
  void theThousandthLookupGivesTheSameResultAsTheFirst() {
    EslHeaders headers =
        headers(
            """
            Event-Name: DTMF
            not a header
            DTMF-Digit: %23
            dtmf-digit: 5
            : without a name
            Größe: 10
            Empty:
            Last: a:b

            After: the end
            """);

    for (int i = 0; i < 1_000; i++) {
      assertThat(headers.first("dtmf-DIGIT")).as("lookup %d", i).hasValue("#");
      assertThat(headers.first("Größe")).hasValue("10");
      assertThat(headers.first("Empty")).hasValue("");
      assertThat(headers.first("Last")).hasValue("a:b");
      assertThat(headers.first("After")).isEmpty();
      assertThat(headers.first("Digit")).isEmpty();
      assertThat(headers.first("DTMF-Digit: 5\nEmpty")).isEmpty();
      assertThat(headers.is("Event-Name", "DTMF")).isTrue();
      assertThat(headers.is("Event-Name", "DTM")).isFalse();
      assertThat(headers.all("DTMF-Digit")).containsExactly("#", "5");
    }
  }

  @Test
  void allOfFiveHundredNamesAreFound() {
    List<String> names = IntStream.range(0, 500).mapToObj(i -> "variable_name_" + i).toList();
    EslHeaders headers =
        headers(String.join("", names.stream().map(name -> name + ": " + name + "\n").toList()));

    assertThat(names).allSatisfy(name -> assertThat(headers.first(name)).hasValue(name));
    assertThat(headers.first("variable_name_500")).isEmpty();
  }

  /** The search visits eight positions at a time, so each offset and length is another case. */
  @Test
  void aHeaderIsFoundWhereverItsLineBeginsButNotAfterAnEmptyLine() {
    for (int before = 0; before < 40; before++) {
      for (int length = 1; length < 30; length++) {
        String name = "n".repeat(length);
        String inBody = "b".repeat(length);
        String text =
            "A: %s\n%s: value\nZ: 1\n\n%s: 2\n".formatted("x".repeat(before), name, inBody);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        EslEventView view = new EslEventView().at(bytes, 0, bytes.length);

        assertThat(view.header(name)).as(text).hasValue("value");
        assertThat(view.header(inBody)).as(text).isEmpty();
        assertThat(headers(text).first(name)).as(text).hasValue("value");
        assertThat(headers(text).first(inBody)).as(text).isEmpty();
      }
    }
  }

  @Test
  void ofANameOnlyTheCaseOfLettersIsIgnored() {
    EslHeaders headers = headers("@[\\]^_-Long-Name: 1\nAb-1_C: 2\n");

    assertThat(headers.first("@[\\]^_-lONG-nAME")).hasValue("1");
    assertThat(headers.first("`{|}~_-Long-Name")).isEmpty();
    assertThat(headers.first("aB-1_c")).hasValue("2");
    assertThat(headers.first("aB\r1_c")).isEmpty();
  }

  @Test
  void anEmptyBlockHasNoHeaders() {
    EslHeaders headers = headers("");

    for (int i = 0; i < 10; i++) {
      assertThat(headers.first("Event-Name")).isEmpty();
    }
  }

  @Test
  void aMapByPrefixHasNamesWithoutThePrefix() {
    EslHeaders headers =
        headers("Event-Name: X\nVariable_a: 1\nvariable_b: %20\nvariable_a: 3\nvariable: 4\n");

    assertThat(headers.asMap("variable_")).isEqualTo(Map.of("a", "1", "b", " "));
  }
}
