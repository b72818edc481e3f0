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
 * Virtual time: as soon as every thread waits, time jumps to the next scheduled instant.
 *
 * <p>Threads started through this time source are virtual threads, and only one of them runs at a
 * time: it holds the baton until it waits or ends, and then passes it to the thread that became
 * ready first. Every run is therefore identical, and threads cannot race. Events at the same
 * instant happen in the order of their {@link Phase}, and within a phase in the order in which they
 * were scheduled; the effects of each event settle before the next event happens.
 *
 * <p>Start threads and timers, then call {@link #run}. Thread-safe, but only threads started
 * through this time source may wait.
 */
public final class VirtualTime implements TimeSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualTime.class);

  /** The instant at which virtual time begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The limit for one instant. A thousand simultaneous calls take about ten thousand turns. */
  private static final int MAX_TURNS = 200_000;

  private static final int TURNS_SHOWN = 8;

  private final Clock clock = new Clock();
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore batonBack = new Semaphore(0);
  private final Queue<Task> ready = new ArrayDeque<>();
  private final Set<Task> alive = new LinkedHashSet<>();

  /**
   * A set, not a queue: most deadlines are cancelled, and removing an entry from a queue takes
   * linear time.
   */
  private final NavigableSet<Scheduled> schedule = new TreeSet<>();

  private final List<TaskFailedException.Failure> failures = new ArrayList<>();
  private long nanos;
  private long sequence;
  private int timers;
  private boolean closed;
  private int turns;
  private volatile @Nullable Task running;

  /** The number of times the baton has been passed; only the driver writes it. */
  private volatile long batons;

  /** Creates a time source that reports a thread as blocked after one minute of real time. */
  public VirtualTime() {
    this(PATIENCE);
  }

  /**
   * Creates a time source.
   *
   * @param patience the real time that a thread may take before it waits or ends
   */
  public VirtualTime(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Instant now() {
    return START.plus(elapsed());
  }

  /**
   * Returns how much virtual time has passed.
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
   * Runs a task at a given time, on a new thread.
   *
   * @param when the time since {@link #START}; a time in the past means now
   * @param phase the position among the events of that instant
   * @param name the name of the thread
   * @param task the task
   * @return the timer, which can be cancelled
   */
  public Timer at(Duration when, Phase phase, String name, Runnable task) {
    return locked(() -> {
      Scheduled entry = schedule(when, phase, new Scheduled.What.Alarm(name, task));
      timers++;
      return () -> cancel(entry);
    });
  }

  private void cancel(Scheduled entry) {
    locked(() -> {
      if (schedule.remove(entry)) {
        timers--;
      }
      return timers;
    });
  }

  private Scheduled schedule(Duration when, Phase phase, Scheduled.What what) {
    long instant;
    try {
      instant = when.toNanos();
    } catch (ArithmeticException beyond) {
      instant = Long.MAX_VALUE;
    }
    Scheduled entry = new Scheduled(Math.max(instant, nanos), phase, sequence, what);
    sequence++;
    schedule.add(entry);
    return entry;
  }

  /**
   * Returns the number of timers that have neither run nor been cancelled.
   *
   * @return the number of pending timers
   */
  public int timers() {
    return locked(() -> timers);
  }

  /**
   * Runs until nothing is scheduled any more or the time limit is reached.
   *
   * @param limit when to stop, as the time since {@link #START}
   * @return true if nothing is scheduled any more; false if the limit was reached
   * @throws TaskFailedException if tasks have ended with exceptions
   * @throws BlockedThreadException if a thread blocks outside this time source
   * @throws EndlessInstantException if threads keep waking each other, so that time cannot advance
   * @throws InterruptedException if the calling thread is interrupted
   */
  public boolean run(Duration limit) throws InterruptedException {
    return run(limit, () -> false);
  }

  /**
   * Runs until a condition holds, nothing is scheduled any more or the time limit is reached.
   *
   * @param limit when to stop, as the time since {@link #START}
   * @param enough the condition; checked each time everything has settled, before time advances
   * @return true if the condition holds or nothing is scheduled any more; false if the limit was
   *     reached
   * @throws TaskFailedException if tasks have ended with exceptions
   * @throws BlockedThreadException if a thread blocks outside this time source
   * @throws EndlessInstantException if threads keep waking each other, so that time cannot advance
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
   * Advances time on a virtual thread, so that passing the baton needs no switch between operating
   * system threads. The calling thread only checks that the baton keeps moving.
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
        throw new IllegalStateException("virtual time failed", e.getCause());
      }
    }
  }

  private boolean advance(long limit, BooleanSupplier enough) throws InterruptedException {
    while (true) {
      settle();
      Scheduled next = locked(() -> schedule.isEmpty() ? null : schedule.first());
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
        happen(Objects.requireNonNull(schedule.pollFirst()));
        return true;
      });
    }
  }

  private void happen(Scheduled entry) {
    turns = entry.nanos() > nanos ? 0 : turns;
    nanos = entry.nanos();
    switch (entry.what()) {
      case Scheduled.What.Deadline(Task task, Task.Waiting waiting) -> wake(task, waiting);
      case Scheduled.What.Alarm(String name, Runnable task) -> {
        timers--;
        start(name, task);
      }
    }
  }

  /** Lets threads run until all of them wait. */
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

  /** Ends a wait, unless it has already ended. */
  private void wake(Task task, Task.Waiting waiting) {
    if (task.waiting == waiting) {
      task.waiting = null;
      waiting.forget().run();
      ready.add(task);
    }
  }

  /** This time source, as inboxes see it. */
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
    public void await(VirtualInbox<?> inbox, Duration timeout) throws InterruptedException {
      VirtualTime.this.await(inbox, timeout);
    }
  }

  private void await(VirtualInbox<?> inbox, Duration timeout) throws InterruptedException {
    Scheduled deadline = locked(() -> beginWaiting(inbox, timeout));
    if (deadline == null) {
      throw new InterruptedException("virtual time is closed");
    }
    Scheduled.What.Deadline what = (Scheduled.What.Deadline) deadline.what();
    batonBack.release();
    what.task().awaitBaton();
    locked(() -> schedule.remove(deadline));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private @Nullable Scheduled beginWaiting(VirtualInbox<?> inbox, Duration timeout) {
    Task task = running;
    if (task == null || task.thread() != Thread.currentThread()) {
      throw new IllegalStateException(
          "only threads started through this time source may wait, but the current thread is "
              + Thread.currentThread());
    }
    if (closed) {
      return null;
    }
    Task.Waiting waiting = new Task.Waiting(() -> inbox.reader = null);
    task.waiting = waiting;
    inbox.reader = task;
    Duration end =
        timeout.compareTo(Duration.ofDays(36_500)) > 0 ? timeout : elapsed().plus(timeout);
    return schedule(end, Phase.WORK, new Scheduled.What.Deadline(task, waiting));
  }

  /**
   * Interrupts all remaining threads and lets them run to their end, without advancing time.
   *
   * @throws BlockedThreadException if a thread blocks outside this time source
   * @throws EndlessInstantException if threads keep waking each other despite the interrupts
   */
  @Override
  public void close() {
    List<Thread> left =
        locked(() -> {
          closed = true;
          schedule.clear();
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
