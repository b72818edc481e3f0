package dev.callflow.simulator.wire;

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

/** What happened to callers, and a way to wait until it does. */
final class History {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, List<String>> heard = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<String> joined = new HashSet<>();
  private final Map<String, String> causes = new HashMap<>();

  void happened(SwitchEvent event) {
    lock.lock();
    try {
      switch (event) {
        case SwitchEvent.PlaybackStarted(var channel, var execution, var file) ->
            heard.computeIfAbsent(channel.uuid(), fresh -> new ArrayList<>()).add(file);
        case SwitchEvent.Answered(var channel) -> answered.add(channel.uuid());
        case SwitchEvent.MemberAdded(var room, var member) -> joined.add(member.channel().uuid());
        case SwitchEvent.Gone(var channel, var by) ->
            causes.put(
                channel.uuid(),
                channel.cause() == null ? "NORMAL_CLEARING" : channel.cause().name());
        case SwitchEvent.OfChannel other -> {}
        case SwitchEvent.OfRoom other -> {}
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<String> heard(String channel) {
    lock.lock();
    try {
      return List.copyOf(heard.getOrDefault(channel, List.of()));
    } finally {
      lock.unlock();
    }
  }

  boolean wasAnswered(String channel) {
    lock.lock();
    try {
      return answered.contains(channel);
    } finally {
      lock.unlock();
    }
  }

  boolean hasJoined(String channel) {
    lock.lock();
    try {
      return joined.contains(channel);
    } finally {
      lock.unlock();
    }
  }

  Optional<String> cause(String channel) {
    lock.lock();
    try {
      return Optional.ofNullable(causes.get(channel));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something holds; looks again whenever anything has happened. */
  boolean await(Duration longest, BooleanSupplier condition) {
    lock.lock();
    try {
      long left = longest.toNanos();
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
