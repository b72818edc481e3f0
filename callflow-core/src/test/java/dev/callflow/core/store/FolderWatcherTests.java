package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FolderWatcherTests {

  private final SteppedTime time = new SteppedTime();
  private final List<Duration> checks = new ArrayList<>();

  @Test
  void theFolderIsCheckedOnceASecondUntilTheWatcherIsClosed() {
    FolderWatcher watcher = new FolderWatcher(time);

    watcher.start(
        time,
        () -> {
          checks.add(time.passed());
          if (checks.size() == 3) {
            watcher.close();
          }
        });

    assertThat(checks)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  @Test
  void aWatcherClosedBeforeItStartsNeverChecksTheFolder() {
    FolderWatcher watcher = new FolderWatcher(time);
    watcher.close();

    watcher.start(time, () -> checks.add(time.passed()));

    assertThat(checks).isEmpty();
  }
}
