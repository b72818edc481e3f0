package dev.callflow.testkit.replay.run;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.testkit.replay.script.ScriptAction;
import dev.callflow.testkit.replay.script.ScriptStep;
import dev.callflow.testkit.replay.script.ScriptedCallee;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import dev.callflow.testkit.replay.script.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A caller or dialled party that follows a script. Thread-safe. */
public final class Script {

  private final String name;
  private final CallId call;
  private final EndedBy self;
  private final List<ScriptStep> steps;
  private final SimulatedSwitch model;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private int next;
  private boolean waiting;

  private Script(Role role, CallId call, SimulatedSwitch model, TimeSource time) {
    this.name = role.name();
    this.self = role.self();
    this.steps = role.steps();
    this.call = call;
    this.model = model;
    this.time = time;
  }

  /** A party's name and steps, and the side that counts as ending the call if they hang up. */
  private record Role(String name, EndedBy self, List<ScriptStep> steps) {}

  public static Script of(ScriptedCaller caller, SimulatedSwitch model, TimeSource time) {
    return new Script(
        new Role(caller.name(), EndedBy.CALLER, caller.does()), caller.id(), model, time);
  }

  public static Script of(
      ScriptedCallee callee, CallId leg, SimulatedSwitch model, TimeSource time) {
    return new Script(new Role(callee.endpoint(), EndedBy.CALLEE, callee.does()), leg, model, time);
  }

  /** Starts the script when the call arrives. */
  public void start() {
    waiting = !steps.isEmpty();
    on(new Trigger.Start());
    on(new Trigger.Then());
  }

  /** Handles a trigger; ignores it unless the script is waiting for it. */
  void on(Trigger trigger) {
    ScriptStep step = triggeredStep(trigger);
    if (step != null) {
      time.after(step.after(), name + " " + step.action(), () -> act(step.action()));
    }
  }

  private @Nullable ScriptStep triggeredStep(Trigger trigger) {
    lock.lock();
    try {
      if (!waiting || !steps.get(next).when().equals(trigger)) {
        return null;
      }
      waiting = false;
      return steps.get(next);
    } finally {
      lock.unlock();
    }
  }

  private void act(ScriptAction action) {
    switch (action) {
      case ScriptAction.Presses(String keys) -> press(keys, 0);
      case ScriptAction.HangsUp() -> {
        acted();
        model.hangUp(call.value(), self, HangupCause.NORMAL_CLEARING);
      }
      case ScriptAction.Speaks(Duration length) -> {
        model.talk(call.value(), length);
        time.after(length, name + " is silent", this::acted);
      }
    }
  }

  /**
   * Presses a key and schedules the next. The script waits for the next step's trigger before the
   * last key is pressed, so that it does not miss a trigger that the key causes.
   */
  private void press(String keys, int index) {
    if (index + 1 == keys.length()) {
      acted();
    } else {
      time.after(ScriptStep.BETWEEN_KEYS, name + " presses a key", () -> press(keys, index + 1));
    }
    model.press(call.value(), keys.charAt(index));
  }

  private void acted() {
    lock.lock();
    try {
      next++;
      waiting = next < steps.size();
    } finally {
      lock.unlock();
    }
    on(new Trigger.Then());
  }

  /**
   * A script that did not reach its end.
   *
   * @param call the call of the script
   * @param awaited the trigger that did not occur; empty if the call ended during a step
   * @param text a description of the step, with its place in the file
   */
  record Unfinished(CallId call, Optional<Trigger> awaited, String text) {}

  /** Returns the step at which the script stopped; empty if it reached its end. */
  Optional<Unfinished> unfinished() {
    lock.lock();
    try {
      if (next >= steps.size()) {
        return Optional.empty();
      }
      ScriptStep step = steps.get(next);
      String text =
          waiting
              ? "%s: %s waited for \"%s\", which did not happen"
                  .formatted(step.place(), name, step.when())
              : "%s: %s did not finish \"%s\"".formatted(step.place(), name, step.action());
      return Optional.of(
          new Unfinished(call, waiting ? Optional.of(step.when()) : Optional.empty(), text));
    } finally {
      lock.unlock();
    }
  }
}
