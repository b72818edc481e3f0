package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOptionsTests {

  @Test
  void userAndPasswordAreTakenOutOfAnUrlOfPostgres() {
    StoreOptions options =
        StoreOptions.of("jdbc:postgresql://db:5432/calls?user=me&ssl=true&password=se%26cret");
    assertThat(options.url()).isEqualTo("jdbc:postgresql://db:5432/calls?ssl=true");
    assertThat(options.user()).isEqualTo("me");
    assertThat(options.password()).isEqualTo("se&cret");
  }

  @Test
  void userAndPasswordAreTakenOutOfAnUrlOfH2() {
    StoreOptions options = StoreOptions.of("jdbc:h2:./calls;USER=me;CIPHER=AES;PASSWORD=sec=ret");
    assertThat(options.url()).isEqualTo("jdbc:h2:./calls;CIPHER=AES");
    assertThat(options.user()).isEqualTo("me");
    assertThat(options.password()).isEqualTo("sec=ret");
  }

  @Test
  void withoutAUserH2HasItsOwn() {
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
        "secret"
      })
  void anUrlThatIsNoneOfAStoreIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> StoreOptions.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatCannotBeIsRefused() {
    StoreOptions options = StoreOptions.of("jdbc:h2:./calls");
    assertThatThrownBy(() -> options.deadline(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.connections(1)).isInstanceOf(IllegalArgumentException.class);
  }
}
