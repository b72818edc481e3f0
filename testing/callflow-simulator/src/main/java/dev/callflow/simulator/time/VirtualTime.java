package dev.callflow.simulator.time;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time that jumps: as soon as every thread waits, it is the instant at which the next one goes on.
 *
 * <p>Threads that are started here are virtual threads, but only one runs at a time: it has the
 * baton until it waits or ends, and then the one goes on that has been ready for longest. So a run
 * is the same each time, and code that works with virtual time has no excuse for a race. What is
 * due at one instant happens by {@link Phase}, and within a phase in the order in which it was
 * asked for; each has settled before the next happens.
 *
 * <p>Start threads and timers, then {@link #run}. Safe for use by any thread; but only threads that
 * were started here may wait.
 */
public final class VirtualTime implements TimeSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualTime.class);

  /** The instant at which virtual time begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A thousand calls at one instant take some ten thousand turns. */
  private static final int MAX_TURNS = 200_000;

  private static final int TURNS_SHOWN = 8;

  private final Clock clock = new Clock();
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore batonBack = new Semaphore(0);
  private final Queue<Task> ready = new ArrayDeque<>();
  private final Set<Task> alive = new LinkedHashSet<>();

  /** A set, since most deadlines are taken back: a queue would have to look for each. */
  private final NavigableSet<Due> dues = new TreeSet<>();

  private final List<TaskFailedException.Failure> failures = new ArrayList<>();
  private long nanos;
  private long sequence;
  private int timers;
  private boolean closed;
  private int turns;
  private volatile @Nullable Task running;

  /** How often the baton was given to a thread; only the driver counts. */
  private volatile long batons;

  /** Makes a time source that gives each thread a real minute before it calls it blocked. */
  public VirtualTime() {
    this(PATIENCE);
  }

  /**
   * Makes a time source.
   *
   * @param patience how much real time a thread may take until it waits or ends
   */
  public VirtualTime(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Instant now() {
    return START.plus(elapsed());
  }

  /**
   * Returns how much time has passed.
   *
   * @return the virtual time since {@link #START}
   */
  public Duration elapsed() {
    return Duration.ofNanos(locked(() -> nanos));
  }

  @Override
  public Thread start(String name, Runnable task) {
    FutureTask<Boolean> body = new FutureTask<>(task, true);
    Task started =
        new Task(
            name,
            () -> {
              body.run();
              ended(name, body);
            });
    locked(() -> {
      alive.add(started);
      return ready.add(started);
    });
    started.thread().start();
    return started.thread();
  }

  private void ended(String name, FutureTask<Boolean> body) {
    locked(() -> {
      if (body.state() == java.util.concurrent.Future.State.FAILED) {
        failures.add(new TaskFailedException.Failure(name, body.exceptionNow()));
      }
      return alive.remove(running);
    });
    batonBack.release();
  }

  @Override
  public <T> Inbox<T> inbox(int capacity) {
    return new VirtualInbox<>(clock, capacity);
  }

  @Override
  public Timer after(Duration delay, String name, Runnable task) {
    return at(elapsed().plus(delay.isNegative() ? Duration.ZERO : delay), Phase.WORK, name, task);
  }

  /**
   * Runs a task at a given time, on a thread of its own.
   *
   * @param when how long after {@link #START}; what is past is due at once
   * @param phase its place among all that happens at that instant
   * @param name the name of the thread
   * @param task what runs
   * @return the timer, to cancel it
   */
  public Timer at(Duration when, Phase phase, String name, Runnable task) {
    return locked(() -> {
      Due due = due(when, phase, new Due.What.Alarm(name, task));
      timers++;
      return () -> cancel(due);
    });
  }

  private void cancel(Due due) {
    locked(() -> {
      if (dues.remove(due)) {
        timers--;
      }
      return timers;
    });
  }

  private Due due(Duration when, Phase phase, Due.What what) {
    long instant;
    try {
      instant = when.toNanos();
    } catch (ArithmeticException beyond) {
      instant = Long.MAX_VALUE;
    }
    Due due = new Due(Math.max(instant, nanos), phase, sequence, what);
    sequence++;
    dues.add(due);
    return due;
  }

  /**
   * Tells how many timers have neither run nor been cancelled.
   *
   * @return their number
   */
  public int timers() {
    return locked(() -> timers);
  }

  /**
   * Runs until nothing is left to happen, or the time is up.
   *
   * @param limit how far time may go, from {@link #START}
   * @return whether nothing is left; false if the time is up
   * @throws TaskFailedException if tasks have ended with exceptions
   * @throws BlockedThreadException if a thread blocks in something other than this time source
   * @throws EndlessInstantException if threads keep each other busy without waiting for time
   * @throws InterruptedException if the calling thread is interrupted
   */
  public boolean run(Duration limit) throws InterruptedException {
    return run(limit, () -> false);
  }

  /**
   * Runs until somebody says that it is enough, nothing is left to happen, or the time is up.
   *
   * @param limit how far time may go, from {@link #START}
   * @param enough is asked each time before time goes on, when everything has settled
   * @return whether it was enough or nothing is left; false if the time is up
   * @throws TaskFailedException if tasks have ended with exceptions
   * @throws BlockedThreadException if a thread blocks in something other than this time source
   * @throws EndlessInstantException if threads keep each other busy without waiting for time
   * @throws InterruptedException if the calling thread is interrupted
   */
  public boolean run(Duration limit, BooleanSupplier enough) throws InterruptedException {
    boolean inTime = drive(() -> advance(limit.toNanos(), enough));
    List<TaskFailedException.Failure> failed = locked(() -> List.copyOf(failures));
    if (!failed.isEmpty()) {
      throw new TaskFailedException(failed);
    }
    return inTime;
  }

  /**
   * Advances time on a virtual thread: the baton changes hands without the operating system then.
   * The calling thread only watches that it goes on changing hands.
   */
  private boolean drive(Callable<Boolean> advance) throws InterruptedException {
    FutureTask<Boolean> driver = new FutureTask<>(advance);
    Thread thread = Thread.ofVirtual().name("virtual-time").start(driver);
    long seen = -1;
    while (true) {
      long handed = batons;
      Task holder = running;
      if (handed == seen && holder != null) {
        thread.interrupt();
        throw new BlockedThreadException(holder.thread(), patience);
      }
      seen = handed;
      try {
        return driver.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        LOG.trace("virtual time has not settled yet", e);
      } catch (InterruptedException e) {
        thread.interrupt();
        throw e;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException known) {
          throw known;
        }
        if (e.getCause() instanceof Error known) {
          throw known;
        }
        throw new IllegalStateException("virtual time has failed", e.getCause());
      }
    }
  }

  private boolean advance(long limit, BooleanSupplier enough) throws InterruptedException {
    while (true) {
      settle();
      Due next = locked(() -> dues.isEmpty() ? null : dues.first());
      if (next == null) {
        return true;
      }
      if (next.nanos() > nanos) {
        if (enough.getAsBoolean()) {
          return true;
        }
        if (next.nanos() > limit) {
          nanos = limit;
          return false;
        }
      }
      locked(() -> {
        happen(Objects.requireNonNull(dues.pollFirst()));
        return true;
      });
    }
  }

  private void happen(Due due) {
    turns = due.nanos() > nanos ? 0 : turns;
    nanos = due.nanos();
    switch (due.what()) {
      case Due.What.Deadline(Task task, Task.Waiting waiting) -> wake(task, waiting);
      case Due.What.Alarm(String name, Runnable task) -> {
        timers--;
        start(name, task);
      }
    }
  }

  /** Lets every thread run that can, until all wait. */
  private void settle() throws InterruptedException {
    Queue<String> last = new ArrayDeque<>();
    Task next;
    while ((next = locked(this::nextReady)) != null) {
      turns++;
      if (turns > MAX_TURNS - TURNS_SHOWN) {
        last.add(next.thread().getName());
      }
      if (turns > MAX_TURNS) {
        throw new EndlessInstantException(elapsed(), turns, last);
      }
      batons++;
      next.giveBaton();
      batonBack.acquire();
    }
  }

  private @Nullable Task nextReady() {
    if (ready.isEmpty()) {
      for (Task task : alive) {
        Task.Waiting waiting = task.waiting;
        if (waiting != null && task.isInterrupted()) {
          wake(task, waiting);
        }
      }
    }
    running = ready.poll();
    return running;
  }

  /** Ends a wait, unless it has ended already. */
  private void wake(Task task, Task.Waiting waiting) {
    if (task.waiting == waiting) {
      task.waiting = null;
      waiting.forget().run();
      ready.add(task);
    }
  }

  /** What inboxes ask of this time source. */
  private final class Clock implements VirtualInbox.Clock {

    @Override
    public <R extends @Nullable Object> R locked(Supplier<R> change) {
      return VirtualTime.this.locked(change);
    }

    @Override
    public void arrived(VirtualInbox<?> inbox) {
      Task reader = inbox.reader;
      if (reader != null && reader.waiting != null) {
        wake(reader, reader.waiting);
      }
    }

    @Override
    public void await(VirtualInbox<?> inbox, Duration longest) throws InterruptedException {
      VirtualTime.this.await(inbox, longest);
    }
  }

  private void await(VirtualInbox<?> inbox, Duration longest) throws InterruptedException {
    Due deadline = locked(() -> beginWaiting(inbox, longest));
    if (deadline == null) {
      throw new InterruptedException("virtual time has ended");
    }
    Due.What.Deadline what = (Due.What.Deadline) deadline.what();
    batonBack.release();
    what.task().awaitBaton();
    locked(() -> dues.remove(deadline));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private @Nullable Due beginWaiting(VirtualInbox<?> inbox, Duration longest) {
    Task task = running;
    if (task == null || task.thread() != Thread.currentThread()) {
      throw new IllegalStateException(
          "only threads started by this time source may wait: " + Thread.currentThread());
    }
    if (closed) {
      return null;
    }
    Task.Waiting waiting = new Task.Waiting(() -> inbox.reader = null);
    task.waiting = waiting;
    inbox.reader = task;
    Duration end =
        longest.compareTo(Duration.ofDays(36_500)) > 0 ? longest : elapsed().plus(longest);
    return due(end, Phase.WORK, new Due.What.Deadline(task, waiting));
  }

  /**
   * Interrupts every thread that is left and lets it end; time stands still meanwhile.
   *
   * @throws BlockedThreadException if a thread blocks in something other than this time source
   * @throws EndlessInstantException if threads do not end though they are interrupted
   */
  @Override
  public void close() {
    List<Thread> left =
        locked(() -> {
          closed = true;
          dues.clear();
          timers = 0;
          return alive.stream().map(Task::thread).toList();
        });
    left.forEach(Thread::interrupt);
    turns = 0;
    try {
      drive(() -> {
        settle();
        return true;
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T extends @Nullable Object> T locked(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }
}
