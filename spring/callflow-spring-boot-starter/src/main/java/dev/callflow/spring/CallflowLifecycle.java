package dev.callflow.spring;

import dev.callflow.host.Callflow;
import dev.callflow.host.Closed;
import dev.callflow.host.Closing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts Callflow after everything else of the application, and closes it before, so that calls
 * find all of the application at work.
 *
 * <p>A closed Callflow cannot start again. Therefore it is not paused with contexts that tests keep
 * for later.
 */
final class CallflowLifecycle implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowLifecycle.class);

  private final Callflow callflow;
  private final Closing closing;
  private volatile boolean running;

  CallflowLifecycle(Callflow callflow, Closing closing) {
    this.callflow = callflow;
    this.closing = closing;
  }

  @Override
  public void start() {
    callflow.start();
    running = true;
    LOG.info("listening for calls at {}", callflow.calls());
  }

  @Override
  public void stop() {
    Closed closed = callflow.close(closing);
    running = false;
    LOG.info(
        "stopped taking calls; {}: {} participants in rooms, {} other callers",
        switch (closed.how()) {
          case HAND_OVER -> "left to the next process";
          case HANG_UP -> "hung up";
        },
        closed.participants(),
        closed.callers());
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public boolean isPauseable() {
    return false;
  }
}
