package dev.callflow.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the process is asked to stop, by SIGTERM or by Ctrl+C, and lets it end with the exit
 * code of its command. Without this, the exit code would be that of the signal.
 */
public final class StopRequest implements AutoCloseable {

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;
  private volatile int exitCode;

  /**
   * Begins to listen for the request.
   *
   * @param timeout how long the command may take to finish after the request; then the process ends
   *     with the exit code of the signal
   */
  public StopRequest(Duration timeout) {
    hook = Thread.ofPlatform().name("stop").unstarted(() -> stop(timeout));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop(Duration timeout) {
    requested.countDown();
    try {
      if (finished.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns whether the process has been asked to stop.
   *
   * @return whether it has
   */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /**
   * Waits until the process is asked to stop.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void await() throws InterruptedException {
    requested.await(Long.MAX_VALUE, TimeUnit.DAYS);
  }

  /**
   * Sets the exit code with which the process ends if it has been asked to stop.
   *
   * @param code the exit code
   */
  public void exitWith(int code) {
    exitCode = code;
  }

  @Override
  public void close() {
    finished.countDown();
    if (!isRequested()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
