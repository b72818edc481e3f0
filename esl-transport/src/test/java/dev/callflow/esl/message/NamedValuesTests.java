package dev.callflow.esl.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Headers whose names are shared must give the same answers as the block that they come from. */
class NamedValuesTests {

  private static final String BLOCK =
      """
      Event-Name: CHANNEL_DATA
      Unique-ID: 2a1b740c
      not a header
      Caller-Caller-ID-Name: J%C3%BCrgen%20B
      caller-caller-id-name: second
      Größe: 10
      Empty:
      : without a name
      variable_direction: inbound
      Variable_Last: a:b

      After: the end
      """;

  @Test
  void eachHeaderHasTheSameValues() {
    EslHeaders block = headers(BLOCK);
    HeaderBlock compact = block.compact();

    for (String name :
        List.of(
            "Event-Name",
            "EVENT-NAME",
            "Caller-Caller-ID-Name",
            "Größe",
            "Empty",
            "variable_last",
            "Variable_Las",
            "not a header",
            "",
            "After")) {
      assertThat(compact.first(name)).as(name).isEqualTo(block.first(name));
      assertThat(compact.all(name)).as(name).isEqualTo(block.all(name));
    }
    assertThat(compact.first("Caller-Caller-ID-Name")).hasValue("Jürgen B");
    assertThat(compact.all("Caller-Caller-ID-Name")).containsExactly("Jürgen B", "second");
  }

  @Test
  void aValueCanBeCompared() {
    HeaderBlock compact = headers(BLOCK).compact();

    assertThat(compact.is("event-name", "CHANNEL_DATA")).isTrue();
    assertThat(compact.is("event-name", "CHANNEL_DAT")).isFalse();
    assertThat(compact.is("After", "the end")).isFalse();
  }

  @Test
  void allHeadersAndThoseWithAPrefixAreTheSame() {
    EslHeaders block = headers(BLOCK);
    HeaderBlock compact = block.compact();

    assertThat(compact.asMap("").entrySet().stream().toList())
        .isEqualTo(block.asMap().entrySet().stream().toList());
    assertThat(compact.asMap("variable_").entrySet().stream().toList())
        .isEqualTo(block.asMap("variable_").entrySet().stream().toList());
    assertThat(compact.asMap("variable_")).containsKeys("direction", "Last");
  }

  @Test
  void blocksWithTheSameNamesShareThem() {
    byte[] one = "Event-Name:\nUnique-ID:\nrest".getBytes(StandardCharsets.UTF_8);
    byte[] other = "Event-Name:\nUnique-ID:\nother".getBytes(StandardCharsets.UTF_8);

    assertThat(HeaderNames.of(one, 23)).isSameAs(HeaderNames.of(other, 23));
  }

  @Test
  void namesThatDifferInCaseOnlyKeepTheirSpelling() {
    List<String> spellings =
        Stream.of("Answer-State: ringing\n", "ANSWER-STATE: ringing\n")
            .flatMap(text -> headers(text).compact().asMap("").keySet().stream())
            .toList();

    assertThat(spellings).containsExactly("Answer-State", "ANSWER-STATE");
  }

  @Test
  void channelDataIsEqualIfNamesAndValuesAre() {
    HeaderBlock one = headers("Event-Name: A\n").compact();

    assertThat(one).isEqualTo(headers("Event-Name: A\n").compact());
    assertThat(one).hasSameHashCodeAs(headers("Event-Name: A\n").compact());
    assertThat(one).isNotEqualTo(headers("Event-Name: B\n").compact());
    assertThat(one).isNotEqualTo(headers("Other-Name: A\n").compact());
  }

  private static EslHeaders headers(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return EslHeaders.immutable(bytes, bytes.length);
  }
}
