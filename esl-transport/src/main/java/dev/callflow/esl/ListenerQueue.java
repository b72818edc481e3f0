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
 * Delivers events and tasks to a listener, in order, on one virtual thread; the event loop only
 * offers them.
 *
 * <p>When the queue is half full, the connection stops reading until it is nearly empty again. A
 * pause that lasts too long would harm the server (docs/spec/event-socket.md#pausing), so the
 * connection is closed then, and also if the queue fills up nevertheless.
 */
final class ListenerQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerQueue.class);

  /** The thread looks up that often whether it should end; nothing depends on it. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  private static final int BATCH = 256;

  private static final Runnable NOTHING = () -> {};

  /** Compared by identity: a pause must not be mistaken for the one before it. */
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

  /** Events as they are, since a wrapper for each would double what an event costs; and tasks. */
  private final EslMailbox<Object> queue;

  private volatile @Nullable Pause pause;
  private volatile @Nullable Runnable last;

  /**
   * What a listener may be behind.
   *
   * @param capacity how many events may wait
   * @param maxReadPause how long reading may pause
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

  /** Queues an event; closes the connection it came on if there is no room. On the event loop. */
  void offer(EslEvent event, CommandPipeline pipeline) {
    if (!queue.offer(event)) {
      overflow(pipeline);
    }
  }

  boolean offer(Runnable task) {
    return queue.offer(task);
  }

  /** Pauses reading if the listener is behind. On the event loop, once for many events. */
  void pauseIfBehind(CommandPipeline pipeline) {
    if (queue.size() < capacity / 2 || !pipeline.isReading()) {
      return;
    }
    pipeline.reading(false);
    Pause begun = new Pause(pipeline);
    pause = begun;
    metrics.readingPaused();
    resumeIfCaughtUp();
    pipeline.later(
        maxReadPause,
        () -> {
          if (pause == begun) {
            overflow(pipeline);
          }
        });
  }

  private void overflow(CommandPipeline pipeline) {
    metrics.overflowed();
    pipeline.fail(new EslOverflowException("[" + pipeline.name() + "] the listener is too slow"));
  }

  private void resumeIfCaughtUp() {
    Pause begun = pause;
    if (begun != null && queue.size() <= capacity / 8) {
      pause = null;
      begun.pipeline.reading(true);
    }
  }

  /** Ends the queue with a last task, which runs behind all others even if there is no room. */
  void finish(Runnable task) {
    last = task;
    if (!queue.offer(NOTHING)) {
      LOG.debug("{} is full: it looks for its last task when it has caught up", name);
    }
  }

  private void run() {
    List<Object> batch = new ArrayList<>(BATCH);
    try {
      while (true) {
        Object first = queue.poll(BETWEEN_LOOKS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          batch.forEach(this::deliver);
          batch.clear();
          resumeIfCaughtUp();
        }
        Runnable end = last;
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
