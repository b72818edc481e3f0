package dev.callflow.conference.sequence;

import dev.callflow.core.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks that may block. Those with the same key run one after the other, on a thread of their
 * own that lives only while there are any.
 *
 * <p>Safe for use by any thread; never blocks.
 *
 * @param <K> the type of keys, such as {@link dev.callflow.conference.mixer.RoomId}
 */
public final class InOrder<K> {

  private static final Logger LOG = LoggerFactory.getLogger(InOrder.class);

  private final TimeSource time;
  private final String name;
  private final int capacity;

  /** The tasks of each key that has a thread; accessed only through atomic compute methods. */
  private final Map<K, Waiting> waiting = new ConcurrentHashMap<>();

  private static final class Waiting {
    Queue<Runnable> tasks = new ArrayDeque<>(2);
    long dropped;
  }

  /**
   * @param name the beginning of the threads' names; the key follows
   * @param capacity the maximum number of waiting tasks with the same key
   */
  public InOrder(TimeSource time, String name, int capacity) {
    this.time = time;
    this.name = name;
    this.capacity = capacity;
  }

  /** Adds a task; drops it if too many others wait. */
  public void add(K key, Runnable task) {
    waiting.compute(
        key,
        (same, before) -> {
          Waiting now = before == null ? begin(key) : before;
          if (now.tasks.size() < capacity) {
            now.tasks.add(task);
          } else {
            now.dropped++;
          }
          return now;
        });
  }

  private Waiting begin(K key) {
    time.start(name + "-" + key, () -> run(key));
    return new Waiting();
  }

  private void run(K key) {
    boolean done = false;
    try {
      Queue<Runnable> tasks = take(key);
      while (!tasks.isEmpty()) {
        tasks.forEach(this::run);
        tasks = take(key);
      }
      done = true;
    } finally {
      if (!done) {
        waiting.remove(key);
      }
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("one of the {} failed", name, e);
    }
  }

  /** Takes the waiting tasks. If there are none, the next one starts a new thread. */
  private Queue<Runnable> take(K key) {
    Queue<Runnable> taken = new ArrayDeque<>(2);
    waiting.computeIfPresent(
        key,
        (same, now) -> {
          if (now.dropped > 0) {
            LOG.warn(
                "{} {}: dropped {}, because the earlier ones take too long",
                key,
                name,
                now.dropped);
            now.dropped = 0;
          }
          taken.addAll(now.tasks);
          now.tasks.clear();
          return taken.isEmpty() ? null : now;
        });
    return taken;
  }
}
