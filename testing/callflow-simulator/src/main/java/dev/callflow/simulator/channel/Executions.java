package dev.callflow.simulator.channel;

import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The applications of a channel: a stack of running applications, with the innermost on top, and a
 * queue of applications that wait for a locked one to end. Guarded by the switch's lock.
 */
public final class Executions implements Channel.Activity, Running.Ending {

  /** As in FreeSWITCH, an application that takes less time than this is not repeated. */
  private static final Duration MIN_REPEATED = Duration.ofMillis(500);

  /** A command that waits for its turn. */
  private sealed interface Order {}

  /**
   * @param atStart what to execute, determined by the channel's state at the start
   */
  private record Execute(
      Execution execution, Function<ChannelState, Application> atStart, Runnable onEnd)
      implements Order {}

  private record HangUp(HangupCause cause) implements Order {}

  /** An order that the channel receives at a later time. */
  private record Message(Order order, Instant due) {}

  private final SwitchLock lock;
  private final Channel channel;
  private final Function<Running.Context, Running> starter;
  private final Deque<Running> running = new ArrayDeque<>();
  private final Supplier<Duration> delays;
  private final Queue<Message> arriving = new ArrayDeque<>();
  private final Queue<Order> waiting = new ArrayDeque<>();
  private final Map<Running, Runnable> onEnds = new IdentityHashMap<>();
  private boolean starting;
  private boolean cutting;

  /**
   * The latest response. FreeSWITCH keeps it in a variable, which applications that only wait do
   * not overwrite.
   */
  private String last = "_none_";

  private Executions(
      SwitchLock lock,
      Channel channel,
      Function<Running.Context, Running> starter,
      Supplier<Duration> delays) {
    this.delays = delays;
    this.lock = lock;
    this.channel = channel;
    this.starter = starter;
  }

  /**
   * Creates the executions of a channel and connects the channel to them.
   *
   * @param starter creates the {@link Running} instance of an application
   * @param delays returns how long the next message to the channel takes to arrive
   */
  public static Executions of(
      SwitchLock lock,
      Channel channel,
      Function<Running.Context, Running> starter,
      Supplier<Duration> delays) {
    Executions executions = new Executions(lock, channel, starter, delays);
    channel.executes(executions);
    return executions;
  }

  public void execute(Execution execution, Runnable onEnd) {
    if (execution.loops() == 0 || !channel.alive()) {
      lock.afterEvents(onEnd);
    } else {
      order(new Execute(execution, state -> execution.what(), onEnd));
    }
  }

  /** Executes an application once the channel has received the message that requests it. */
  public void send(Execution execution, Function<ChannelState, Application> atStart) {
    if (execution.loops() != 0) {
      send(new Execute(execution, atStart, () -> {}));
    }
  }

  /** Hangs up in turn, once the channel has received the message that requests it. */
  public void hangUp(HangupCause cause) {
    send(new HangUp(cause));
  }

  private void send(Order order) {
    Duration delay = delays.get();
    if (delay.isZero() && arriving.isEmpty()) {
      order(order);
      return;
    }
    arriving.add(new Message(order, lock.now().plus(delay)));
    lock.after(delay, "message " + channel.uuid(), this::receive);
  }

  /** Receives the messages that are due; a message never overtakes an earlier one. */
  private void receive() {
    Message next = arriving.peek();
    while (next != null && !next.due().isAfter(lock.now())) {
      arriving.remove();
      order(next.order());
      next = arriving.peek();
    }
  }

  private void order(Order order) {
    if (channel.alive()) {
      waiting.add(order);
      startWaiting();
    }
  }

  /**
   * Starts the queued applications that may start now. Applications that take no time have ended
   * when this method returns.
   */
  private void startWaiting() {
    if (starting) {
      return;
    }
    starting = true;
    try {
      while (channel.alive() && !waiting.isEmpty() && !locked()) {
        switch (waiting.remove()) {
          case Execute(Execution execution, var atStart, Runnable onEnd) ->
              start(execution.with(atStart.apply(channel.state())), onEnd);
          case HangUp(HangupCause cause) -> channel.hangUpFromApplication(cause);
        }
      }
    } finally {
      starting = false;
    }
  }

  private boolean locked() {
    return running.stream().anyMatch(each -> each.execution().locked());
  }

  private void start(Execution execution, Runnable onEnd) {
    if (!running.isEmpty()) {
      running.getFirst().pause();
    }
    if (execution.what().needsMedia()) {
      channel.preAnswer();
    }
    lock.emit(new SwitchEvent.ExecutionStarted(channel.state(), execution));
    Running started = starter.apply(new Running.Context(lock, channel, execution, this));
    running.addFirst(started);
    onEnds.put(started, onEnd);
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
    Runnable onEnd = Objects.requireNonNull(onEnds.remove(ended));
    boolean repeated = execution.loops() != 1 && ended.hasRun(MIN_REPEATED, lock.now());
    if (repeated && channel.alive() && !cutting) {
      start(execution.next(), onEnd);
      return;
    }
    lock.afterEvents(onEnd);
    if (!channel.alive() && !cutting) {
      channel.endRemaining();
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

  /** Stops a running application on command, or removes an application from the queue. */
  public void stop(String id) {
    for (Running each : running.toArray(Running[]::new)) {
      if (each.execution().id().equals(id)) {
        each.stop();
        return;
      }
    }
    dropArriving(id);
    dropWaiting(execution -> execution.id().equals(id));
  }

  /** Stops all playback; with {@code all}, also drops the queued applications. */
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

  private void dropArriving(String id) {
    for (Iterator<Message> all = arriving.iterator(); all.hasNext(); ) {
      if (all.next().order() instanceof Execute(var execution, var atStart, var onEnd)
          && execution.id().equals(id)) {
        all.remove();
        lock.emit(new SwitchEvent.ExecutionEnded(channel.state(), execution, "_none_"));
      }
    }
  }

  private void dropWaiting(Predicate<Execution> which) {
    for (Iterator<Order> all = waiting.iterator(); all.hasNext(); ) {
      if (all.next() instanceof Execute(var execution, var atStart, var onEnd)
          && which.test(execution)) {
        all.remove();
        lock.emit(new SwitchEvent.ExecutionEnded(channel.state(), execution, "_none_"));
        lock.afterEvents(onEnd);
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
  public boolean cutOnHangup() {
    cut(true);
    return running.isEmpty();
  }

  private void cut(boolean onHangup) {
    for (Order order : waiting) {
      if (order instanceof Execute(var execution, var atStart, var onEnd)) {
        lock.afterEvents(onEnd);
      }
    }
    waiting.clear();
    cutting = true;
    while (!running.isEmpty() && !(onHangup && running.getFirst().isAway())) {
      running.getFirst().cut();
    }
    cutting = false;
  }
}
