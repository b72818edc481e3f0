package dev.callflow.core.store;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a data folder once a second, on a thread of its own. */
final class FolderWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Inbox<Boolean> closing;

  FolderWatcher(TimeSource time) {
    closing = time.inbox(1);
  }

  /** Begins to watch. */
  void start(TimeSource time, Runnable look) {
    time.start("data-folder", () -> watch(look));
  }

  private void watch(Runnable look) {
    try {
      while (closing.poll(BETWEEN_LOOKS) == null) {
        look.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!closing.offer(true)) {
      LOG.debug("the data folder is closed already");
    }
  }
}
