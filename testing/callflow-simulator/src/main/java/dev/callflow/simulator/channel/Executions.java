package dev.callflow.simulator.channel;

import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a channel executes: a stack of running applications, the innermost on top, and the queue of
 * those that wait for a locked one. Used under the switch's lock only.
 */
public final class Executions implements Channel.Activity, Running.Ending {

  /** As in FreeSWITCH: what takes less is not repeated. */
  private static final Duration LEAST_OF_A_LOOP = Duration.ofMillis(500);

  /** What was ordered and waits for its turn. */
  private sealed interface Order {}

  private record Execute(Execution execution, Runnable over) implements Order {}

  private record HangUp(HangupCause cause) implements Order {}

  private final SwitchLock lock;
  private final Channel channel;
  private final Function<Running.Context, Running> starter;
  private final Deque<Running> running = new ArrayDeque<>();
  private final Queue<Order> waiting = new ArrayDeque<>();
  private final Map<Running, Runnable> overs = new IdentityHashMap<>();
  private boolean starting;
  private boolean cutting;

  /** FreeSWITCH keeps it in a variable, which an application that only waits leaves alone. */
  private String last = "_none_";

  private Executions(SwitchLock lock, Channel channel, Function<Running.Context, Running> starter) {
    this.lock = lock;
    this.channel = channel;
    this.starter = starter;
  }

  /**
   * Lets a channel execute applications.
   *
   * @param starter makes what runs of what is to be executed
   */
  public static Executions of(
      SwitchLock lock, Channel channel, Function<Running.Context, Running> starter) {
    Executions executions = new Executions(lock, channel, starter);
    channel.executes(executions);
    return executions;
  }

  public void execute(Execution execution, Runnable over) {
    if (execution.loops() == 0 || !channel.alive()) {
      lock.whenTold(over);
    } else {
      order(new Execute(execution, over));
    }
  }

  public void hangUp(HangupCause cause) {
    order(new HangUp(cause));
  }

  private void order(Order order) {
    if (channel.alive()) {
      waiting.add(order);
      startWaiting();
    }
  }

  /** Starts what may start now; an application that takes no time has ended when this returns. */
  private void startWaiting() {
    if (starting) {
      return;
    }
    starting = true;
    try {
      while (channel.alive() && !waiting.isEmpty() && !locked()) {
        switch (waiting.remove()) {
          case Execute(Execution execution, Runnable over) -> start(execution, over);
          case HangUp(HangupCause cause) -> channel.hangUpItself(cause);
        }
      }
    } finally {
      starting = false;
    }
  }

  private boolean locked() {
    return running.stream().anyMatch(each -> each.execution().locked());
  }

  private void start(Execution execution, Runnable over) {
    if (!running.isEmpty()) {
      running.getFirst().pause();
    }
    lock.emit(new SwitchEvent.ExecutionStarted(channel.state(), execution));
    Running started = starter.apply(new Running.Context(lock, channel, execution, this));
    running.addFirst(started);
    overs.put(started, over);
    started.begin(lock.now());
  }

  @Override
  public void ended(Running ended, String response) {
    if (!running.contains(ended)) {
      return;
    }
    while (running.getFirst() != ended) {
      running.getFirst().cut();
    }
    running.removeFirst();
    Execution execution = ended.execution();
    if (!ended.onlyWaits()) {
      last = response;
    }
    lock.emit(new SwitchEvent.ExecutionEnded(channel.state(), execution, last));
    Runnable over = Objects.requireNonNull(overs.remove(ended));
    boolean repeated = execution.loops() != 1 && ended.hasRun(LEAST_OF_A_LOOP, lock.now());
    if (repeated && channel.alive() && !cutting) {
      start(execution.next(), over);
      return;
    }
    lock.whenTold(over);
    if (!channel.alive() && !cutting) {
      channel.leaveNothing();
      return;
    }
    if (channel.alive() && !running.isEmpty()) {
      running.getFirst().resume();
    }
    startWaiting();
  }

  @Override
  public void key(char key) {
    if (!running.isEmpty()) {
      running.getFirst().key(key);
    }
  }

  @Override
  public void talking(boolean on) {
    for (Running each : running.toArray(Running[]::new)) {
      each.talking(on);
    }
  }

  /** Ends one application, running or waiting, as a command does. */
  public void stop(String id) {
    for (Running each : running.toArray(Running[]::new)) {
      if (each.execution().id().equals(id)) {
        each.stop();
        return;
      }
    }
    dropWaiting(execution -> execution.id().equals(id));
  }

  /** Ends everything that plays, and with {@code all} what waits as well. */
  public void stopPlaying(boolean all) {
    if (all) {
      dropWaiting(execution -> true);
    }
    for (Running each : running.toArray(Running[]::new)) {
      if (each.plays()) {
        each.stop();
      }
    }
  }

  private void dropWaiting(Predicate<Execution> which) {
    for (Iterator<Order> all = waiting.iterator(); all.hasNext(); ) {
      if (all.next() instanceof Execute(var execution, var over) && which.test(execution)) {
        all.remove();
        lock.emit(new SwitchEvent.ExecutionEnded(channel.state(), execution, "_none_"));
        lock.whenTold(over);
      }
    }
  }

  public void finish(String id, String response) {
    for (Running each : running.toArray(Running[]::new)) {
      if (each.execution().id().equals(id) && each.finish(response, each == running.getFirst())) {
        return;
      }
    }
  }

  @Override
  public void cutAll() {
    cut(false);
  }

  @Override
  public boolean cutWhatCanBe() {
    cut(true);
    return running.isEmpty();
  }

  private void cut(boolean sparing) {
    for (Order order : waiting) {
      if (order instanceof Execute(var execution, var over)) {
        lock.whenTold(over);
      }
    }
    waiting.clear();
    cutting = true;
    while (!running.isEmpty() && !(sparing && running.getFirst().isAway())) {
      running.getFirst().cut();
    }
    cutting = false;
  }
}
