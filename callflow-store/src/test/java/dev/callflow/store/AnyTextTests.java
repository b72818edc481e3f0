package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyTextTests {

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "Größe €", "\ud83d\ude00", "100%", "'; DROP"})
  void ordinaryTextIsWrittenAsItIs(String text) {
    assertThat(AnyText.write(text)).isEqualTo(text);
    assertThat(AnyText.read(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\0b', 'a\\0000b'",
    "'\ud83d', '\\d83d'",
    "'\udc00\ud83d', '\\dc00\\d83d'",
    "'a\\b', 'a\\005cb'",
    "'\\0000', '\\005c0000'"
  })
  void whatDatabasesRejectIsEscaped(String text, String written) {
    assertThat(AnyText.write(text)).isEqualTo(written);
    assertThat(AnyText.read(written)).isEqualTo(text);
  }
}
