package dev.callflow.testkit.replay.run;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.testkit.replay.script.ScriptAction;
import dev.callflow.testkit.replay.script.ScriptStep;
import dev.callflow.testkit.replay.script.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A caller, or a dialled party, who follows his script. Safe for use by any thread. */
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

  public Script(
      String name,
      CallId call,
      EndedBy self,
      List<ScriptStep> steps,
      SimulatedSwitch model,
      TimeSource time) {
    this.name = name;
    this.call = call;
    this.self = self;
    this.steps = steps;
    this.model = model;
    this.time = time;
  }

  /** His call arrives. */
  public void start() {
    waiting = !steps.isEmpty();
    on(new Trigger.Start());
    on(new Trigger.Then());
  }

  /** Something has happened to his call; it counts only while he waits for just that. */
  void on(Trigger what) {
    ScriptStep step = taken(what);
    if (step != null) {
      time.after(step.after(), name + " " + step.action(), () -> act(step.action()));
    }
  }

  private @Nullable ScriptStep taken(Trigger what) {
    lock.lock();
    try {
      if (!waiting || !steps.get(next).when().equals(what)) {
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

  /** The next step's trigger counts from the last key on, what the key causes included. */
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
   * What he has not done.
   *
   * @param call whose script it is
   * @param vain what he waited for and never came; empty if his call ended while he acted
   * @param text what he waited for or did, with its place in the file
   */
  record Unfinished(CallId call, Optional<Trigger> vain, String text) {}

  /** Tells at which step he has stopped. */
  Optional<Unfinished> unfinished() {
    lock.lock();
    try {
      if (next >= steps.size()) {
        return Optional.empty();
      }
      ScriptStep step = steps.get(next);
      String text =
          waiting
              ? "%s: %s waited in vain for \"%s\"".formatted(step.place(), name, step.when())
              : "%s: %s did not come to the end of \"%s\""
                  .formatted(step.place(), name, step.action());
      return Optional.of(
          new Unfinished(call, waiting ? Optional.of(step.when()) : Optional.empty(), text));
    } finally {
      lock.unlock();
    }
  }
}
