package dev.callflow.esl;

import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslMailbox;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events and tasks to a listener, in order, on one virtual thread. The event loop only
 * adds them to the queue.
 *
 * <p>When the queue is half full, the connection stops reading until the queue is nearly empty
 * again. A long pause would harm the server (docs/spec/event-socket.md#pausing), so the connection
 * is closed if the pause lasts too long or if the queue fills up anyway.
 */
final class ListenerQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);

  /** How often an idle thread checks whether it should end; the exact interval does not matter. */
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

  private static final int BATCH = 256;

  private static final Runnable NOTHING = () -> {};

  /**
   * One pause in reading; compared by identity, to distinguish it from earlier and later pauses.
   */
  private static final class Pause {
    private final CommandPipeline pipeline;

    Pause(CommandPipeline pipeline) {
      this.pipeline = pipeline;
    }
  }

  private final String name;
  private final int capacity;
  private final Duration maxReadPause;
  private final EslRuntime runtime;
  private final EslMetrics metrics;
  private final Consumer<EslEvent> listener;

  /**
   * The queued events and tasks. Their common type is Object, since a wrapper around each event
   * would double its cost.
   */
  private final EslMailbox<Object> queue;

  private volatile @Nullable Pause pause;
  private volatile @Nullable Runnable finalTask;

  /**
   * The limits on how far a listener may fall behind.
   *
   * @param capacity the maximum number of queued events and tasks
   * @param maxReadPause the maximum pause in reading
   */
  record Limits(int capacity, Duration maxReadPause) {}

  ListenerQueue(
      String name,
      Limits limits,
      EslRuntime runtime,
      EslMetrics metrics,
      Consumer<EslEvent> listener) {
    this.name = name;
    this.capacity = limits.capacity();
    this.maxReadPause = limits.maxReadPause();
    this.runtime = runtime;
    this.metrics = metrics;
    this.listener = listener;
    this.queue = runtime.mailbox(capacity);
  }

  void start() {
    runtime.start(name, this::run);
  }

  /** Queues an event, or closes its connection if the queue is full. Called on the event loop. */
  void offer(EslEvent event, CommandPipeline pipeline) {
    if (!queue.offer(event)) {
      overflow(pipeline);
    }
  }

  boolean offer(Runnable task) {
    return queue.offer(task);
  }

  /** Pauses reading if the listener is behind. Called on the event loop, once per read. */
  void pauseIfBehind(CommandPipeline pipeline) {
    if (queue.size() < capacity / 2 || !pipeline.isReading()) {
      return;
    }
    pipeline.reading(false);
    Pause current = new Pause(pipeline);
    pause = current;
    metrics.readingPaused();
    resumeIfCaughtUp();
    pipeline.later(
        maxReadPause,
        () -> {
          if (pause == current) {
            overflow(pipeline);
          }
        });
  }

  private void overflow(CommandPipeline pipeline) {
    metrics.overflowed();
    pipeline.fail(new EslOverflowException("[" + pipeline.name() + "] the listener is too slow"));
  }

  private void resumeIfCaughtUp() {
    Pause current = pause;
    if (current != null && queue.size() <= capacity / 8) {
      pause = null;
      current.pipeline.reading(true);
    }
  }

  /**
   * Ends the queue with a final task, which runs after all queued items, even if the queue is full.
   */
  void finish(Runnable task) {
    finalTask = task;
    if (!queue.offer(NOTHING)) {
      LOG.debug("{}: the queue is full; the final task runs after its last item", name);
    }
  }

  private void run() {
    List<Object> batch = new ArrayList<>(BATCH);
    try {
      while (true) {
        Object first = queue.poll(CHECK_INTERVAL);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          batch.forEach(this::deliver);
          batch.clear();
          resumeIfCaughtUp();
        }
        Runnable end = finalTask;
        if (end != null && queue.size() == 0) {
          deliver(end);
          return;
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
