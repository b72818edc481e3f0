package dev.callflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests how the access log shows paths. */
class AccessLogTests {

  @Test
  void aPathIsShownAsItIs() {
    String path = "/v2/accounts/acme/conferences/7ea30000000000000000000000000001/participants";
    assertThat(AccessLog.shown(path)).isEqualTo(path);
  }

  @Test
  void aSegmentThatCouldBeASecretIsCutOff() {
    assertThat(AccessLog.shown("/transfer/0123456789abcdef0123456789abcdef0123456789abcdef/raw"))
        .isEqualTo("/transfer/01234567.../raw");
  }

  @Test
  void aPathStaysOnOneLineAndIsLimited() {
    assertThat(AccessLog.shown("/a\nb")).isEqualTo("/a?b");
    assertThat(AccessLog.shown("/abcdefg".repeat(1_000))).hasSize(503).endsWith("...");
  }
}
