package dev.callflow.conference.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Settings are read back from their text, and a newer revision replaces an older one. */
class KeptSettingsTests {

  private static final KeptSettings SETTINGS =
      new KeptSettings(
          7,
          true,
          OptionalInt.of(3),
          Set.of("4930555", "1001"),
          Map.of("topic", "\"budget\""),
          Map.of("d1", "result"));

  @Test
  void settingsAreReadBackUnchanged() {
    assertThat(KeptSettings.read(SETTINGS.text())).contains(SETTINGS);
    KeptSettings none =
        new KeptSettings(0, false, OptionalInt.empty(), Set.of(), Map.of(), Map.of());
    assertThat(KeptSettings.read(none.text())).contains(none);
  }

  @Test
  void otherTextIsNotRead() {
    assertThat(KeptSettings.read("")).isEmpty();
    assertThat(KeptSettings.read("{")).isEmpty();
  }

  @Test
  void restoredSettingsAreKeptAsTheyAreAndTheNextChangeIsNewer() {
    OperatorSettings settings = new OperatorSettings(200, 5);
    settings.restore(SETTINGS);
    assertThat(settings.kept()).isEqualTo(SETTINGS);
    assertThat(settings.lock(true)).as("changes").isFalse();
    assertThat(settings.revision()).isEqualTo(7);
    settings.lock(false);
    assertThat(settings.revision()).isEqualTo(8);
    settings.clear();
    assertThat(settings.revision()).isZero();
    settings.ban("1002");
    assertThat(settings.revision()).isEqualTo(9);
  }
}
