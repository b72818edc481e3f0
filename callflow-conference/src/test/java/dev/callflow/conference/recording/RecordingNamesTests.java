package dev.callflow.conference.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordingNamesTests {

  private static final Instant NOW = Instant.ofEpochSecond(1_764_441_000);

  private final RecordingNames names = new RecordingNames(new Random(1));

  @Test
  void aNameContainsTheConferenceTheTimeAndRandomDigits() {
    assertThat(names.ofRoom(room("board"), NOW)).matches("board_1764441000_[0-9a-f]{32}");
    assertThat(names.ofRoom(room("../a b\n"), NOW)).matches("___a_b__1764441000_[0-9a-f]{32}");
    assertThat(names.ofRoom(room("x".repeat(500)), NOW)).matches("x{100}_1764441000_[0-9a-f]{32}");
    assertThat(names.ofCaller("name")).matches("name_[0-9a-f]{32}");
  }

  @Test
  void theSameSeedGivesTheSameNames() {
    assertThat(new RecordingNames(new Random(7)).ofCaller("name"))
        .isEqualTo(new RecordingNames(new Random(7)).ofCaller("name"));
  }

  @Test
  void namesAreUnique() {
    RecordingNames production = new RecordingNames(new SecureRandom());
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(production.ofRoom(room("board"), NOW));
    }
    assertThat(all).hasSize(10_000);
  }

  private static RoomId room(String conference) {
    return new RoomId(new AccountId("acme"), conference);
  }
}
