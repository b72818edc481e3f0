package dev.callflow.simulator.model;

import dev.callflow.core.call.HangupCause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * What a channel executes: a stack of running applications, the innermost on top, and the queue of
 * those that wait for a locked one. Used inside the guard only.
 */
final class Executions {

  private final Guard guard;
  private final World world;
  private final Channel channel;
  private final Deque<Running> running = new ArrayDeque<>();
  private final Queue<Order> waiting = new ArrayDeque<>();
  private final Map<Running, Runnable> overs = new IdentityHashMap<>();
  private boolean starting;
  private boolean cutting;

  /** As in FreeSWITCH: what takes less is not repeated. */
  private static final Duration LEAST_OF_A_LOOP = Duration.ofMillis(500);

  /** What was ordered and waits for its turn. */
  private sealed interface Order {}

  private record Execute(Execution execution, Runnable over) implements Order {}

  private record HangUp(HangupCause cause) implements Order {}

  /** FreeSWITCH keeps it in a variable, which an application that only waits leaves alone. */
  private String last = "_none_";

  Executions(Guard guard, World world, Channel channel) {
    this.guard = guard;
    this.world = world;
    this.channel = channel;
  }

  void execute(Execution execution, Runnable over) {
    if (execution.loops() == 0 || !channel.alive()) {
      guard.whenTold(over);
    } else {
      order(new Execute(execution, over));
    }
  }

  void hangUp(HangupCause cause) {
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
    guard.emit(new SwitchEvent.ExecutionStarted(channel.state(), execution));
    Running started = run(execution);
    running.addFirst(started);
    overs.put(started, over);
    started.begin(guard.now());
  }

  private Running run(Execution execution) {
    return switch (execution.what()) {
      case Application.Playback(String file, String terminators, boolean endless) ->
          new Playing(guard, channel, execution, world.media(), file, terminators, endless);
      case Application.Speak(String engine, String voice, String text, String terminators) ->
          new Playing(guard, channel, execution, world.media(), text, terminators, false);
      case Application.Collect collect ->
          new Collecting(guard, channel, execution, world.media(), collect);
      case Application.Record record -> new Recording(guard, world, channel, execution, record);
      case Application.Sleep(var duration) -> new Sleeping(guard, channel, execution, duration);
      case Application.Join join -> new Joined(guard, world, channel, execution, join);
      case Application.Answer() -> new Instantly(channel, execution, channel::answer);
      case Application.Ring() -> new Instantly(channel, execution, channel::ring);
      case Application.Assign(var variables) ->
          new Instantly(channel, execution, () -> channel.assign(variables));
      case Application.HangUp(var cause) ->
          new Instantly(channel, execution, () -> channel.hangUpItself(cause));
      case Application.Transfer(String number, boolean inline) ->
          new Instantly(channel, execution, () -> channel.transfer(number, inline));
      case Application.Park() -> new Standing(channel, execution);
      case Application.Echo() -> new Standing(channel, execution);
      case Application.Elsewhere(boolean parked) -> new Standing(channel, execution);
    };
  }

  /** Is told by a running application that it has ended; once only. */
  void ended(Running ended, String response) {
    if (!running.contains(ended)) {
      return;
    }
    while (running.getFirst() != ended) {
      running.getFirst().cut();
    }
    running.removeFirst();
    Execution execution = ended.execution();
    if (!(ended instanceof Standing)) {
      last = response;
    }
    guard.emit(
        new SwitchEvent.ExecutionEnded(
            channel.state(), execution, ended instanceof Standing ? last : response));
    Runnable over = Objects.requireNonNull(overs.remove(ended));
    boolean repeated = execution.loops() != 1 && ended.hasRun(LEAST_OF_A_LOOP, guard.now());
    if (repeated && channel.alive() && !cutting) {
      start(execution.next(), over);
      return;
    }
    guard.whenTold(over);
    if (!channel.alive() && !cutting) {
      channel.leaveNothing();
      return;
    }
    if (channel.alive() && !running.isEmpty()) {
      running.getFirst().resume();
    }
    startWaiting();
  }

  void key(char key) {
    if (!running.isEmpty()) {
      running.getFirst().key(key);
    }
  }

  void talking(boolean on) {
    for (Running each : running.toArray(Running[]::new)) {
      each.talking(on);
    }
  }

  /** Ends one application, running or waiting, as a command does. */
  boolean stop(String id) {
    for (Running each : running.toArray(Running[]::new)) {
      if (each.execution().id().equals(id)) {
        each.stop();
        return true;
      }
    }
    return dropWaiting(execution -> execution.id().equals(id));
  }

  /** Ends everything that plays, and with {@code all} what waits as well. */
  void stopPlaying(boolean all) {
    if (all) {
      dropWaiting(execution -> true);
    }
    for (Running each : running.toArray(Running[]::new)) {
      if (each instanceof Playing || each instanceof Collecting) {
        each.stop();
      }
    }
  }

  private boolean dropWaiting(Predicate<Execution> which) {
    boolean dropped = false;
    for (Iterator<Order> all = waiting.iterator(); all.hasNext(); ) {
      if (all.next() instanceof Execute(var execution, var over) && which.test(execution)) {
        all.remove();
        guard.emit(new SwitchEvent.ExecutionEnded(channel.state(), execution, "_none_"));
        guard.whenTold(over);
        dropped = true;
      }
    }
    return dropped;
  }

  boolean finish(String id, String response) {
    for (Running each : running.toArray(Running[]::new)) {
      if (each instanceof Standing standing && each.execution().id().equals(id)) {
        standing.finish(response, each == running.getFirst());
        return true;
      }
    }
    return false;
  }

  /** Ends everything because the channel goes elsewhere. */
  void cutAll() {
    cut(false);
  }

  /**
   * Ends everything because the channel has ended, but for what its own thread has gone away to;
   * tells whether nothing is left.
   */
  boolean cutWhatCanBe() {
    cut(true);
    return running.isEmpty();
  }

  private void cut(boolean sparing) {
    for (Order order : waiting) {
      if (order instanceof Execute(var execution, var over)) {
        guard.whenTold(over);
      }
    }
    waiting.clear();
    cutting = true;
    while (!running.isEmpty() && !(sparing && isAway(running.getFirst()))) {
      running.getFirst().cut();
    }
    cutting = false;
  }

  private static boolean isAway(Running each) {
    return each instanceof Standing standing
        && !standing.leaves()
        && each.execution().what() instanceof Application.Elsewhere(boolean parked)
        && !parked;
  }
}
