package dev.callflow.esl;

import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the events and tasks of a queue to a client's listener, on one virtual thread. */
final class ListenerQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);

  /** How often an idle thread checks whether it should end; the exact interval does not matter. */
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

  private static final int BATCH = 256;

  private final String name;
  private final EventQueue queue;
  private final EslRuntime runtime;
  private final Consumer<EslEvent> listener;
  private volatile boolean closed;

  ListenerQueue(String name, EventQueue queue, EslRuntime runtime, Consumer<EslEvent> listener) {
    this.name = name;
    this.queue = queue;
    this.runtime = runtime;
    this.listener = listener;
  }

  void start() {
    runtime.start(name, this::run);
  }

  /** Lets the thread end when it has delivered all queued items. */
  void close() {
    closed = true;
    queue.wake();
  }

  private void run() {
    List<Object> batch = new ArrayList<>(BATCH);
    try {
      while (!closed || !queue.isEmpty()) {
        @Nullable Object first = queue.poll(CHECK_INTERVAL);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          batch.forEach(this::deliver);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Object delivery) {
    try {
      if (delivery instanceof EslEvent event) {
        listener.accept(event);
      } else if (delivery instanceof Runnable task) {
        task.run();
      }
    } catch (RuntimeException e) {
      LOG.error("{}: a listener failed", name, e);
    }
  }
}
