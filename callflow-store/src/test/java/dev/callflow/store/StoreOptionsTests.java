package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.store.Quotas;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOptionsTests {

  @Test
  void userAndPasswordAreRemovedFromAPostgresUrl() {
    StoreOptions options =
        StoreOptions.of("jdbc:postgresql://db:5432/calls?user=me&ssl=true&password=se%26cret");
    assertThat(options.url()).isEqualTo("jdbc:postgresql://db:5432/calls?ssl=true");
    assertThat(options.user()).isEqualTo("me");
    assertThat(options.password()).isEqualTo("se&cret");
  }

  @Test
  void userAndPasswordAreRemovedFromAnH2Url() {
    StoreOptions options = StoreOptions.of("jdbc:h2:./calls;USER=me;CIPHER=AES;PASSWORD=sec=ret");
    assertThat(options.url()).isEqualTo("jdbc:h2:./calls;CIPHER=AES");
    assertThat(options.user()).isEqualTo("me");
    assertThat(options.password()).isEqualTo("sec=ret");
  }

  @Test
  void theDefaultUserOfH2IsSa() {
    assertThat(StoreOptions.of("jdbc:h2:./calls").user()).isEqualTo("sa");
    assertThat(StoreOptions.of("jdbc:postgresql:calls").user()).isEmpty();
  }

  @Test
  void aPasswordIsNotShown() {
    assertThat(StoreOptions.of("jdbc:postgresql:calls").login("me", "secret").toString())
        .isEqualTo("StoreOptions[jdbc:postgresql:calls, user me]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://me:secret@db/calls",
        "postgresql://me:secret@db/calls",
        "jdbc:postgresql://me:secret@db/calls",
        "jdbc:h2:tcp://db/calls;PASSWORD=secret",
        "jdbc:h2:./calls;password=secret;auto_server=true",
        "jdbc:h2:./calls;PASSWORD=half a;secret",
        "jdbc:h2:./calls;PASSWORD=half a;of a=secret",
        "secret"
      })
  void anInvalidUrlIsRefusedAndNotQuoted(String url) {
    assertThatThrownBy(() -> StoreOptions.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WRITE_DELAY=500",
        "write_delay=1",
        "WRITE_DELAY=0;WRITE_DELAY=500",
        "WRITE_DELAY=-1",
        "WRITE_DELAY=",
        "WRITE_DELAY",
        "WRITE_\\DELAY=500",
        " WRITE_DELAY=500",
        "LOCK_TIMEOUT=1\\;SET WRITE_DELAY 500",
        "LOCK_TIMEOUT=1 SET",
        "INIT=SET WRITE_DELAY 500",
        "FILE_LOCK=NO",
        "LOCK_MODE=0",
        "RETENTION_TIME=0",
        "RECOVER=TRUE",
        "MODE=MySQL",
        "IGNORECASE=TRUE",
        "IGNORE_UNKNOWN_SETTINGS=TRUE",
        "TRACE_LEVEL_FILE=3"
      })
  void anH2SettingThatCouldLoseChangesIsRefused(String setting) {
    String url = "jdbc:h2:./calls;CACHE_SIZE=1000;" + setting;
    assertThatThrownBy(() -> StoreOptions.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WRITE_DELAY");
    assertThatThrownBy(
            () -> new StoreOptions(url, "sa", "", Duration.ofSeconds(3), 4, Quotas.standard(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRefusalOfAWriteDelayExplainsTheReason() {
    assertThatThrownBy(() -> StoreOptions.of("jdbc:h2:./calls;WRITE_DELAY=500"))
        .hasMessage(
            "the H2 setting WRITE_DELAY=500 is refused, because acknowledged changes"
                + " would be lost if the host were killed. Remove WRITE_DELAY or set it to 0");
  }

  @Test
  void harmlessH2SettingsAreAccepted() {
    String url =
        "jdbc:h2:./calls;write_delay=0;CACHE_SIZE=65536;CIPHER=AES;LOCK_TIMEOUT=1000;"
            + "DB_CLOSE_DELAY=-1;IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE;";
    assertThat(StoreOptions.of(url).url()).isEqualTo(url);
  }

  @Test
  void invalidLimitsAreRefused() {
    StoreOptions options = StoreOptions.of("jdbc:h2:./calls");
    assertThatThrownBy(() -> options.deadline(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.connections(1)).isInstanceOf(IllegalArgumentException.class);
  }
}
