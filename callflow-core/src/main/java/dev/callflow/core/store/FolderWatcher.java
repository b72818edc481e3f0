package dev.callflow.core.store;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a data folder for changes once a second, on a separate thread. */
final class FolderWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Inbox<Boolean> closing;

  FolderWatcher(TimeSource time) {
    closing = time.inbox(1);
  }

  /** Starts watching. */
  void start(TimeSource time, Runnable check) {
    time.start("data-folder", () -> watch(check));
  }

  private void watch(Runnable check) {
    try {
      while (closing.poll(INTERVAL) == null) {
        check.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!closing.offer(true)) {
      LOG.debug("the data folder is already closed");
    }
  }
}
