package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallAccessTests {

  private static final String UUID = "11111111-0000-4000-8000-000000000001";
  private static final String SECRET = "correct-horse-battery-staple";

  /** The value that FreeSWITCH 1.11.2 computes for {@code ${md5(${uuid}${callflow_secret})}}. */
  private static final String TOKEN = "bb578ef74b78c536d70645b87d0dee9c";

  private final CallAccess access = CallAccess.of(List.of(), List.of(SECRET));

  @Test
  void theTokenComputedByTheDialplanIsAccepted() {
    assertThat(access.isGenuine(UUID, Optional.of(TOKEN))).isTrue();
  }

  @Test
  void anyOtherTokenIsRejected() {
    String other = UUID.replace('1', '2');
    assertThat(access.isGenuine(UUID, Optional.empty())).isFalse();
    assertThat(access.isGenuine(UUID, Optional.of(""))).isFalse();
    assertThat(access.isGenuine(UUID, Optional.of(TOKEN.substring(1)))).isFalse();
    assertThat(access.isGenuine(UUID, Optional.of(SECRET))).isFalse();
    assertThat(access.isGenuine(other, Optional.of(TOKEN))).isFalse();
  }

  @Test
  void anOldSecretIsValidWhileItIsListed() {
    CallAccess both = CallAccess.of(List.of(), List.of("another-secret-of-today", SECRET));
    assertThat(both.isGenuine(UUID, Optional.of(TOKEN))).isTrue();
    CallAccess today = CallAccess.of(List.of(), List.of("another-secret-of-today"));
    assertThat(today.isGenuine(UUID, Optional.of(TOKEN))).isFalse();
  }

  @Test
  void withoutASecretEveryCallIsAccepted() {
    assertThat(CallAccess.ANYONE.isGenuine(UUID, Optional.empty())).isTrue();
    assertThat(CallAccess.ANYONE.isOpen()).isTrue();
    assertThat(CallAccess.of(List.of("10.0.0.0/8"), List.of()).isOpen()).isFalse();
    assertThat(access.isOpen()).isFalse();
  }

  @Test
  void aDialledLegIsSignedWithTheFirstSecret() {
    assertThat(access.sign(UUID, Map.of("a", "b")))
        .isEqualTo(Map.of("a", "b", "callflow_token", TOKEN));
    assertThat(CallAccess.ANYONE.sign(UUID, Map.of("a", "b"))).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(access.toString()).doesNotContain(SECRET).contains("secrets=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "with space with space",
        "quotes'quotes'quotes",
        "${x}${y}${z}${a}${b}"
      })
  void anInvalidSecretIsRefusedAndNotShown(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallAccess.of(List.of(), List.of(secret)))
        .withMessageContaining("16 to 256 characters")
        .satisfies(e -> {
          if (!secret.isEmpty()) {
            assertThat(e.getMessage()).doesNotContain(secret);
          }
        });
  }
}
