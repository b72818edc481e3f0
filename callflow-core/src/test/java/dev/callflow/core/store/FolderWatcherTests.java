package dev.callflow.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FolderWatcherTests {

  private final SteppedTime time = new SteppedTime();
  private final List<Duration> looks = new ArrayList<>();

  @Test
  void theFolderIsLookedAtOnceASecondUntilTheWatcherIsClosed() {
    FolderWatcher watcher = new FolderWatcher(time);

    watcher.start(
        time,
        () -> {
          looks.add(time.passed());
          if (looks.size() == 3) {
            watcher.close();
          }
        });

    assertThat(looks)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  @Test
  void aWatcherThatIsClosedBeforeItStartsLooksAtNothing() {
    FolderWatcher watcher = new FolderWatcher(time);
    watcher.close();

    watcher.start(time, () -> looks.add(time.passed()));

    assertThat(looks).isEmpty();
  }
}
