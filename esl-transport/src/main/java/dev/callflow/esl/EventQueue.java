package dev.callflow.esl;

import dev.callflow.esl.error.EslOverflowException;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.runtime.EslMailbox;
import dev.callflow.esl.runtime.EslMetrics;
import dev.callflow.esl.runtime.EslRuntime;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of events and tasks between the event loop and the thread that handles them.
 *
 * <p>When the queue is half full, the connection stops reading until the queue is nearly empty
 * again. A long pause would harm the server (docs/spec/event-socket.md#pausing), so the connection
 * is closed if the pause lasts too long or if the queue fills up anyway.
 */
final class EventQueue {

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

  private final int capacity;
  private final Duration maxReadPause;
  private final EslMetrics metrics;

  /**
   * The queued events and tasks. Their common type is Object, since a wrapper around each event
   * would double its cost.
   */
  private final EslMailbox<Object> items;

  private volatile @Nullable Pause pause;

  EventQueue(int capacity, Duration maxReadPause, EslRuntime runtime, EslMetrics metrics) {
    this.capacity = capacity;
    this.maxReadPause = maxReadPause;
    this.metrics = metrics;
    this.items = runtime.mailbox(capacity);
  }

  /** Queues an event, or closes its connection if the queue is full. Called on the event loop. */
  void offer(EslEvent event, CommandPipeline pipeline) {
    if (!items.offer(event)) {
      overflow(pipeline);
    }
  }

  boolean offer(Runnable task) {
    return items.offer(task);
  }

  /** Wakes the reader, if it waits because the queue is empty. */
  void wake() {
    items.offer(NOTHING);
  }

  /** Takes the next item, waiting for one if necessary; null if none arrives in time. */
  @Nullable Object poll(Duration timeout) throws InterruptedException {
    Object item = items.poll(timeout);
    resumeIfCaughtUp();
    return item;
  }

  /** Takes items that are already in the queue. */
  void drainTo(Collection<Object> into, int max) {
    items.drainTo(into, max);
    resumeIfCaughtUp();
  }

  boolean isEmpty() {
    return items.size() == 0;
  }

  /** Pauses reading if the reader of this queue is behind. Called on the event loop. */
  void pauseIfBehind(CommandPipeline pipeline) {
    if (items.size() < capacity / 2 || !pipeline.isReading()) {
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
    if (current != null && items.size() <= capacity / 8) {
      pause = null;
      current.pipeline.reading(true);
    }
  }
}
