package dev.callflow.esl;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what has come in to its owner, in order, on one virtual thread; the event loop only offers.
 *
 * <p>When the queue is half full the link stops reading until it is nearly empty again. If it fills
 * up all the same, {@link #offer} says so and the link is closed.
 */
final class Deliveries {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /** The thread looks up that often whether it shall end; nothing depends on it. */
  private static final int SECONDS_BETWEEN_LOOKS = 60;

  private final BlockingQueue<Runnable> queue;
  private final int half;
  private final String name;
  private volatile boolean last;

  Deliveries(String name, int capacity) {
    this.name = name;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.half = capacity / 2;
  }

  void start() {
    Thread.ofVirtual().name(name).start(this::run);
  }

  boolean offer(Runnable delivery) {
    return queue.offer(delivery);
  }

  /** Delivers one thing more and ends; waits for room if there is none, so not on an event loop. */
  void finish(Runnable delivery) {
    Thread.ofVirtual()
        .name(name + "-end")
        .start(() -> {
          try {
            if (!queue.offer(end(delivery), SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)) {
              LOG.error("{} does not take what came in for a minute: its end is lost", name);
              last = true;
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Runnable end(Runnable delivery) {
    return () -> {
      last = true;
      delivery.run();
    };
  }

  boolean isHalfFull() {
    return queue.size() >= half;
  }

  boolean isNearlyEmpty() {
    return queue.size() <= half / 4;
  }

  private void run() {
    try {
      while (!last) {
        Runnable delivery = queue.poll(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        if (delivery != null) {
          deliver(delivery);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Runnable delivery) {
    try {
      delivery.run();
    } catch (RuntimeException e) {
      LOG.error("{}: a listener failed", name, e);
    }
  }
}
