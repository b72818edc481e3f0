package dev.callflow.conference.sequence;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one thread at a time own a state (docs/adr/0012-a-room-decides-on-the-asking-thread.md). The
 * thread that submits a task while nobody owns the state runs it, and then those that other threads
 * have submitted in the meantime, in order. The effects of the tasks run after the state has been
 * given up, one at a time and in the order of the tasks.
 *
 * <p>Neither tasks nor effects may block. Safe for use by any thread.
 */
public final class Ownership {

  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  /** Precedes the effects of a task in the queue. */
  private static final Runnable NEXT_TASK = () -> {};

  private final TimeSource time;
  private final String name;
  private final Duration answerTimeout;
  private final int capacity;
  private final Runnable afterEach;

  /** The effects of the current task; used only by the owner. */
  private final Queue<Runnable> made = new ArrayDeque<>(4);

  // The lock guards these fields. It is never held while a task or an effect runs.
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> tasks = new ArrayDeque<>(4);
  private final Queue<Runnable> effects = new ArrayDeque<>(4);

  /**
   * The number of tasks whose effects have not begun to leave. Effects are not counted one by one,
   * because a task with an effect for each of many members is no sign that effects do not leave.
   */
  private int undelivered;

  private boolean owned;
  private boolean letsOut;

  private volatile boolean refused;
  private volatile boolean closed;

  /**
   * @param name the name of the state, for the log
   * @param answerTimeout the maximum time for which a query waits for the owner
   * @param capacity the maximum number of tasks that wait, or whose effects do
   * @param afterEach a task that follows each task
   */
  public Ownership(
      TimeSource time, String name, Duration answerTimeout, int capacity, Runnable afterEach) {
    this.time = time;
    this.name = name;
    this.answerTimeout = answerTimeout;
    this.capacity = capacity;
    this.afterEach = afterEach;
  }

  /**
   * Runs a task now, if nobody owns the state; otherwise, the owner will run it.
   *
   * @return false if the state is closed or too much is waiting
   */
  public boolean tell(Runnable task) {
    return tell(task, capacity);
  }

  /**
   * Does the same as {@link #tell(Runnable)}, no matter how much is waiting; only for tasks whose
   * number is limited otherwise.
   */
  public boolean tellAlways(Runnable task) {
    return tell(task, Integer.MAX_VALUE);
  }

  private boolean tell(Runnable task, int limit) {
    lock.lock();
    try {
      if (!accepts(limit)) {
        return false;
      }
      if (owned) {
        tasks.add(task);
        return true;
      }
      owned = true;
    } finally {
      lock.unlock();
    }
    run(task);
    return true;
  }

  /**
   * Runs a query in the same way and returns the answer.
   *
   * @return the answer; empty if the query returns null or fails, if the state is closed, or if the
   *     owner does not run the query in time
   */
  public <T> Optional<T> ask(Supplier<T> query) {
    if (own()) {
      Question<T> question = new Question<>(query, null);
      run(question);
      return Optional.ofNullable(question.answer);
    }
    Inbox<Optional<T>> reply = time.inbox(1);
    if (!tell(new Question<>(query, reply))) {
      return Optional.empty();
    }
    try {
      Optional<T> answer = reply.poll(answerTimeout);
      return answer == null ? Optional.empty() : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A query that keeps its answer, and sends it to the thread that waits for it, if one does. */
  private static final class Question<T> implements Runnable {
    private final Supplier<T> query;
    private final @Nullable Inbox<Optional<T>> reply;
    private @Nullable T answer;

    Question(Supplier<T> query, @Nullable Inbox<Optional<T>> reply) {
      this.query = query;
      this.reply = reply;
    }

    @Override
    public void run() {
      answer = query.get();
      if (reply != null) {
        reply.offer(Optional.ofNullable(answer));
      }
    }
  }

  /** Adds an effect of the current task. */
  public void effect(Runnable effect) {
    made.add(effect);
  }

  /** Returns whether tasks have been refused since the last call; for the owner. */
  public boolean hasRefused() {
    boolean since = refused;
    if (since) {
      refused = false;
    }
    return since;
  }

  /**
   * Closes the state, unless a task or another effect has come; must be called by an effect.
   *
   * @param condition whether to close it
   * @return whether it is closed now and was not before
   */
  public boolean closeIf(BooleanSupplier condition) {
    lock.lock();
    try {
      boolean closes = !owned && !closed && effects.isEmpty() && condition.getAsBoolean();
      closed |= closes;
      return closes;
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    return closed;
  }

  private boolean own() {
    lock.lock();
    try {
      boolean idle = !owned && accepts(capacity);
      owned |= idle;
      return idle;
    } finally {
      lock.unlock();
    }
  }

  private boolean accepts(int limit) {
    boolean full = tasks.size() + undelivered >= limit;
    refused |= full;
    return !full && !closed;
  }

  /** Runs tasks until there are none, gives the state up, and lets the effects out. */
  private void run(Runnable first) {
    Runnable task = first;
    while (task != null) {
      decide(task);
      task = nextTask();
    }
    Runnable effect = nextEffect(false);
    while (effect != null) {
      letOut(effect);
      effect = nextEffect(true);
    }
  }

  private void decide(Runnable task) {
    boolean done = false;
    try {
      runSafely(task);
      runSafely(afterEach);
      done = true;
    } finally {
      if (!done) {
        // After an Error, such as a stack overflow, this thread does not go on; others can.
        giveUp();
      }
    }
  }

  private void giveUp() {
    lock.lock();
    collectEffects();
    owned = false;
    lock.unlock();
  }

  private void letOut(Runnable effect) {
    boolean done = false;
    try {
      runSafely(effect);
      done = true;
    } finally {
      if (!done) {
        lock.lock();
        letsOut = false;
        lock.unlock();
      }
    }
  }

  private void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("{}: a task failed", name, e);
    }
  }

  /** Returns the next task; gives the state up if there is none. */
  private @Nullable Runnable nextTask() {
    lock.lock();
    try {
      collectEffects();
      Runnable next = tasks.poll();
      owned = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void collectEffects() {
    if (!made.isEmpty()) {
      effects.add(NEXT_TASK);
      effects.addAll(made);
      made.clear();
      undelivered++;
    }
  }

  /**
   * Returns the next effect; null if there is none, or if another thread is letting them out.
   *
   * @param goesOn whether this thread has let the previous effect out
   */
  private @Nullable Runnable nextEffect(boolean goesOn) {
    lock.lock();
    try {
      if (letsOut && !goesOn) {
        return null;
      }
      Runnable next = effects.poll();
      if (next == NEXT_TASK) {
        undelivered--;
        next = effects.poll();
      }
      letsOut = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }
}
