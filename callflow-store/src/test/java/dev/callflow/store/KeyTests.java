package dev.callflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyTests {

  @Test
  void aKeyHasAtMost255CharactersThatEveryDatabaseAccepts() {
    assertThat(Key.fits("a".repeat(255))).isTrue();
    assertThat(Key.fits("a".repeat(256))).isFalse();
    assertThat(Key.fits("a\0b")).isFalse();
    assertThat(Key.fits("\ud83d")).isFalse();
    assertThat(Key.fits("\ud83d\ude00")).isTrue();
  }

  @Test
  void anInvalidKeyIsRefused() {
    Key key = new Key(new AccountId("acme"), DocumentType.CALLFLOW, "a".repeat(256));

    assertThatIllegalArgumentException()
        .isThrownBy(key::requireFits)
        .withMessageContaining("at most 255 characters");
  }

  @Test
  void codeUnitsSortLikeJavaStrings() {
    String pair = "\ud83d\ude00";
    String later = "\ufb01";

    assertThat(pair.compareTo(later)).isNegative();
    assertThat(Arrays.compareUnsigned(Key.units(pair), Key.units(later))).isNegative();
  }
}
