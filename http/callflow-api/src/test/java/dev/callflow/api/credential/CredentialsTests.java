package dev.callflow.api.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.time.TimeSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How passwords are hashed. */
class CredentialsTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final Digest DIGEST = Digest.of(Digest.Method.MD5, "anna", "correct horse");

  private final MemoryRecords records = new MemoryRecords();

  private Credentials credentials(int processors) {
    return new Credentials(records, new HashCost(8, 1), TimeSource.system(), processors);
  }

  @Test
  void aDigestIsWhatKazoosClientsCompute() {
    assertThat(DIGEST.hex()).isEqualTo("12bf61e2e655631f5e0e89b7512021c3");
    assertThat(DIGEST).hasToString("a MD5 digest");
  }

  @Test
  void twoHostsWithOneStoreAcceptTheSamePasswords() {
    assertThat(credentials(1).setPassword(ACME, "1", "anna", "correct horse")).isTrue();
    assertThat(credentials(1).user(Optional.of(ACME), DIGEST))
        .isEqualTo(new Credentials.Found.User("1"));
    assertThat(credentials(1).user(Optional.of(new AccountId("other")), DIGEST))
        .isEqualTo(new Credentials.Found.Nobody());
  }

  @Test
  void aLoginIsRefusedIfTooManyWait() {
    credentials(1).setPassword(ACME, "1", "anna", "correct horse");
    assertThat(credentials(0).user(Optional.of(ACME), DIGEST))
        .isEqualTo(new Credentials.Found.Busy());
    assertThat(credentials(0).setPassword(ACME, "1", "anna", "another")).isFalse();
    assertThat(credentials(1).user(Optional.of(ACME), DIGEST))
        .isEqualTo(new Credentials.Found.User("1"));
  }

  @Test
  void aHashIsArgon2id() {
    // Computed by the reference implementation: argon2 SALT -id -t 2 -k 19456 -p 1 -l 32 -r
    assertThat(
            new SlowHash(HashCost.STANDARD, TimeSource.system(), 1)
                .hash(
                    "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8), "secret"))
        .contains("f2a3e96968a0d07df5c2f89b280829821b76472d8cf2bb51418b59f77a2832eb");
  }
}
