package dev.callflow.esl;

import dev.callflow.esl.message.EslEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what has come in to its owner, in order, on one virtual thread; the event loop only offers.
 *
 * <p>When the queue is half full the link stops reading until it is nearly empty again. A pause
 * that lasts too long would harm the server (section 10.4), so the link is closed then, and also if
 * the queue fills up all the same.
 */
final class Deliveries {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /** The thread looks up that often whether it shall end; nothing depends on it. */
  private static final int SECONDS_BETWEEN_LOOKS = 60;

  /** Compared by identity: one pause must not be taken for the one before it. */
  private static final class Pause {
    private final Link link;

    Pause(Link link) {
      this.link = link;
    }
  }

  private static final int AT_ONCE = 256;
  private final String name;
  private final Consumer<EslEvent> events;
  private final EslMetrics metrics;

  /** Events as they are, since a wrapper for each would double what an event costs; and tasks. */
  private final BlockingQueue<Object> queue;

  private final int capacity;
  private final Duration longestPause;
  private volatile @Nullable Pause pause;
  private volatile boolean last;

  Deliveries(
      String name,
      BlockingQueue<Object> queue,
      Duration longestPause,
      EslMetrics metrics,
      Consumer<EslEvent> events) {
    this.name = name;
    this.queue = queue;
    this.capacity = queue.remainingCapacity();
    this.longestPause = longestPause;
    this.metrics = metrics;
    this.events = events;
  }

  void start() {
    Thread.ofVirtual().name(name).start(this::run);
  }

  /** Queues an event; closes the link it came on if there is no room. On the event loop. */
  void offer(EslEvent event, Link link) {
    if (!queue.offer(event)) {
      overflow(link);
    }
  }

  boolean offer(Runnable task) {
    return queue.offer(task);
  }

  /** Pauses the link if what came in waits too long. On the event loop, once for many events. */
  void pauseIfBehind(Link link) {
    if (queue.size() < capacity / 2 || !link.isReading()) {
      return;
    }
    link.reading(false);
    Pause begun = new Pause(link);
    pause = begun;
    metrics.readingPaused();
    resumeIfCaughtUp();
    link.later(
        longestPause,
        () -> {
          if (pause == begun) {
            overflow(link);
          }
        });
  }

  private void overflow(Link link) {
    metrics.overflowed();
    link.fail(new EslOverflowException("[" + link.name() + "] the listener is too slow"));
  }

  private void resumeIfCaughtUp() {
    Pause begun = pause;
    if (begun != null && queue.size() <= capacity / 8) {
      pause = null;
      begun.link.reading(true);
    }
  }

  /** Delivers one thing more and ends; waits for room if there is none, so not on an event loop. */
  void finish(Runnable task) {
    Thread.ofVirtual()
        .name(name + "-end")
        .start(() -> {
          try {
            if (!queue.offer(end(task), SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)) {
              LOG.error("{} does not take what came in for a minute: its end is lost", name);
              last = true;
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Runnable end(Runnable task) {
    return () -> {
      last = true;
      task.run();
    };
  }

  private void run() {
    List<Object> some = new ArrayList<>(AT_ONCE);
    try {
      while (!last) {
        Object first = queue.poll(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        if (first != null) {
          some.add(first);
          queue.drainTo(some, AT_ONCE - 1);
          some.forEach(this::deliver);
          some.clear();
          resumeIfCaughtUp();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Object delivery) {
    try {
      if (delivery instanceof EslEvent event) {
        events.accept(event);
      } else if (delivery instanceof Runnable task) {
        task.run();
      }
    } catch (RuntimeException e) {
      LOG.error("{}: a listener failed", name, e);
    }
  }
}
