package dev.callflow.simulator.wire.call;

import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Records the events of channels and lets tests wait for them. Thread-safe. */
public final class History {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, List<String>> heard = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<String> joined = new HashSet<>();
  private final Map<String, String> causes = new HashMap<>();

  /** Starts recording the events of a switch. */
  public void follow(SimulatedSwitch model) {
    model.listen(SwitchEvent.PlaybackStarted.class, it -> heard(it.channel().uuid(), it.file()));
    model.listen(SwitchEvent.Answered.class, it -> add(answered, it.channel().uuid()));
    model.listen(SwitchEvent.MemberAdded.class, it -> add(joined, it.member().channel().uuid()));
    model.listen(SwitchEvent.Gone.class, it -> ended(it.channel()));
    // Every event makes waiting threads check their condition again.
    model.listen(event -> checkAgain());
  }

  private void heard(String channel, String file) {
    changed(() -> heard.computeIfAbsent(channel, fresh -> new ArrayList<>()).add(file));
  }

  private void add(Set<String> which, String channel) {
    changed(() -> which.add(channel));
  }

  /** Records the end of a call for which the switch has not created a channel. */
  public void refused(String channel, String cause) {
    changed(() -> causes.put(channel, cause));
  }

  private void ended(ChannelState channel) {
    changed(() ->
        causes.put(
            channel.uuid(), channel.cause() == null ? "NORMAL_CLEARING" : channel.cause().name()));
  }

  /** Makes waiting threads check their condition again. */
  public void checkAgain() {
    changed(() -> {});
  }

  private void changed(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public List<String> heard(String channel) {
    lock.lock();
    try {
      return List.copyOf(heard.getOrDefault(channel, List.of()));
    } finally {
      lock.unlock();
    }
  }

  public boolean wasAnswered(String channel) {
    lock.lock();
    try {
      return answered.contains(channel);
    } finally {
      lock.unlock();
    }
  }

  public boolean hasJoined(String channel) {
    lock.lock();
    try {
      return joined.contains(channel);
    } finally {
      lock.unlock();
    }
  }

  public Optional<String> cause(String channel) {
    lock.lock();
    try {
      return Optional.ofNullable(causes.get(channel));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a condition holds; checks it after every event.
   *
   * @return whether the condition holds; false after the timeout, or if the thread is interrupted
   */
  public boolean await(Duration timeout, BooleanSupplier condition) {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
