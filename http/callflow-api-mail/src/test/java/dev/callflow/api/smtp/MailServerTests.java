package dev.callflow.api.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailServerTests {

  @Test
  void theSchemeDeterminesTheDefaultPort() {
    assertThat(server("smtp://mail.example.com")).hasToString("smtp://mail.example.com:25");
    assertThat(server("smtp+starttls://mail.example.com").port()).isEqualTo(587);
    assertThat(server("smtps://mail.example.com/").port()).isEqualTo(465);
    assertThat(server("SMTP://127.0.0.1:2525").port()).isEqualTo(2525);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.com",
        "smtp://user:secret@mail example.com",
        "http://mail.example.com",
        "smtp:mail.example.com",
        "smtp://user:secret@mail.example.com",
        "smtp://mail.example.com/path",
        "smtp://mail.example.com?password=secret"
      })
  void anInvalidAddressIsRefusedAndNotQuoted(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server(address))
        .withMessageNotContaining("secret");
  }

  @Test
  void thePasswordIsNeverShown() {
    MailServer server = server("smtps://mail.example.com").login("callflow", "secret");
    assertThat(server.toString()).doesNotContain("secret");
    assertThat(server.login().orElseThrow().toString()).doesNotContain("secret");
  }

  @Test
  void aPasswordIsNotSentOverANetworkUnencrypted() {
    for (String host : new String[] {"mail.example.com", "127.example.com", "10.0.0.1"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server("smtp://" + host).login("callflow", "secret"))
          .withMessageNotContaining("secret");
    }
    for (String host : new String[] {"localhost", "127.0.0.1", "[::1]"}) {
      assertThat(server("smtp://" + host).login("callflow", "secret").login()).isPresent();
    }
    assertThat(server("smtp+starttls://mail.example.com").login("callflow", "secret").login())
        .isPresent();
  }

  private static MailServer server(String address) {
    return MailServer.of(address);
  }
}
