package dev.callflow.conference.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretKeysTests {

  private final List<String> written = new ArrayList<>();
  private final SecretKeys keys = new SecretKeys(written::add);

  private void press(String pressed) {
    pressed.chars().forEach(key -> keys.pressed((char) key));
  }

  @Test
  void keysOfANonSecretPromptAreWrittenAtOnce() {
    press("12");
    keys.keysConsumed("12");

    assertThat(written).containsExactly("12");
  }

  @Test
  void keysOfASecretAreHidden() {
    press("1234#");
    keys.keysConsumed("????#");

    assertThat(written).containsExactly("????#");
  }

  @Test
  void aSecretIsHiddenWhenItIsPressedAgain() {
    press("1234#");
    keys.keysConsumed("????#");
    press("1234");
    List.of("1", "2", "3", "4").forEach(keys::keysConsumed);

    assertThat(written).containsExactly("????#", "????");
  }

  @Test
  void keysThatOnlyStartLikeASecretAreWritten() {
    press("1234#");
    keys.keysConsumed("????#");
    press("129");
    List.of("1", "2", "9").forEach(keys::keysConsumed);

    assertThat(written).containsExactly("????#", "1", "2", "9");
  }

  @Test
  void undecidedKeysAreWrittenAtTheEndOfTheCall() {
    press("1234#");
    keys.keysConsumed("????#");
    press("12");
    List.of("1", "2").forEach(keys::keysConsumed);
    keys.end();

    assertThat(written).containsExactly("????#", "12");
  }
}
