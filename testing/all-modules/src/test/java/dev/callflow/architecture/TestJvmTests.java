package dev.callflow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The JVM that runs the tests has the settings that {@code .ci/again} requests. */
class TestJvmTests {

  @Test
  @EnabledIfSystemProperty(named = "callflow.test.locale", matches = ".+")
  void runsInTheRequestedLocale() {
    assertThat(Locale.getDefault().toLanguageTag())
        .isEqualTo(System.getProperty("callflow.test.locale"));
  }

  @Test
  @EnabledIfSystemProperty(named = "callflow.test.timezone", matches = ".+")
  void runsInTheRequestedTimeZone() {
    assertThat(TimeZone.getDefault().getID())
        .isEqualTo(System.getProperty("callflow.test.timezone"));
  }

  @Test
  void readsAndWritesUtf8RegardlessOfTheEnvironment() {
    assertThat(Charset.defaultCharset()).isEqualTo(StandardCharsets.UTF_8);
  }
}
