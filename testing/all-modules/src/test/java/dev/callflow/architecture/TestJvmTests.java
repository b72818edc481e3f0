package dev.callflow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What {@code .ci/again} asks of the JVM that runs the tests has arrived there. */
class TestJvmTests {

  @Test
  @EnabledIfSystemProperty(named = "callflow.test.locale", matches = ".+")
  void runsInTheLocaleAskedFor() {
    assertThat(Locale.getDefault().toLanguageTag())
        .isEqualTo(System.getProperty("callflow.test.locale"));
  }

  @Test
  @EnabledIfSystemProperty(named = "callflow.test.timezone", matches = ".+")
  void runsInTheTimeZoneAskedFor() {
    assertThat(TimeZone.getDefault().getID())
        .isEqualTo(System.getProperty("callflow.test.timezone"));
  }

  @Test
  void readsAndWritesUtf8WhateverTheEnvironmentSays() {
    assertThat(Charset.defaultCharset()).isEqualTo(StandardCharsets.UTF_8);
  }
}
