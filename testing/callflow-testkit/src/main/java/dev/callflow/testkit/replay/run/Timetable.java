package dev.callflow.testkit.replay.run;

import dev.callflow.conference.Conferences;
import dev.callflow.simulator.time.BlockedThreadException;
import dev.callflow.simulator.time.EndlessInstantException;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.TaskFailedException;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.replay.script.CaseScript;
import dev.callflow.testkit.replay.script.ExpectedOutcome;
import dev.callflow.testkit.replay.script.Operation;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Schedules the calls, operator requests and snapshots of a case in virtual time, and collects the
 * scripts of callers. Used by threads of virtual time, only one of which runs at a time.
 */
public final class Timetable {

  /** The maximum length of a case. A call that has not ended by then fails the case. */
  private static final Duration MAX_LENGTH = Duration.ofHours(1);

  /** How long pending timers may still run after all calls have ended. */
  private static final Duration AFTERMATH = Duration.ofMinutes(1);

  private final CaseScript file;
  private final VirtualTime time;
  private final Facts facts;
  private final List<Script> scripts = new ArrayList<>();
  private int pending;
  private Duration lastEnd = Duration.ZERO;

  public Timetable(CaseScript file, VirtualTime time, Facts facts) {
    this.file = file;
    this.time = time;
    this.facts = facts;
  }

  public void schedule(Conferences conferences, Consumer<ScriptedCaller> arrive) {
    for (ScriptedCaller caller : file.calls()) {
      facts.names.put(caller.id(), caller.name());
      plan(caller.at(), Phase.CALLS, caller.name() + " calls", () -> arrive.accept(caller));
    }
    for (Operation operation : file.control()) {
      plan(
          operation.at(),
          Phase.OPERATORS,
          operation.place(),
          () ->
              facts.replies.put(
                  operation, conferences.control(CaseSetup.request(operation, facts))));
    }
    for (ExpectedOutcome.Snapshot snapshot : file.expected().snapshots()) {
      plan(
          snapshot.at(),
          Phase.SNAPSHOTS,
          "snapshot of " + snapshot.room(),
          () -> facts.views.put(snapshot, conferences.view(snapshot.room())));
    }
  }

  private void plan(Duration at, Phase phase, String name, Runnable action) {
    pending++;
    time.at(
        at,
        phase,
        name,
        () -> {
          action.run();
          pending--;
        });
  }

  /** Runs an action that prepares the case. The case cannot end before the action is complete. */
  public void prepare(Runnable preparation) {
    pending++;
    preparation.run();
    pending--;
  }

  /** Adds a script, whose steps are checked at the end. */
  public void follow(Script script) {
    scripts.add(script);
  }

  /** Notes that a call has ended. */
  public void ended() {
    lastEnd = time.elapsed();
  }

  /** Returns whether all scheduled calls, requests and snapshots have taken place. */
  public boolean nothingPends() {
    return pending == 0;
  }

  /** Returns whether the last call ended long enough ago for all timers to have run. */
  public boolean isAfterwards() {
    return time.elapsed().compareTo(lastEnd.plus(AFTERMATH)) > 0;
  }

  /**
   * Runs the case.
   *
   * @param over returns whether the case is over; called when all threads are waiting
   * @param atEnd notes the calls that have not ended; called at the end, with true if the case is
   *     over
   * @return whether threads are stuck and cannot be ended
   */
  public boolean run(BooleanSupplier over, Consumer<Boolean> atEnd) throws InterruptedException {
    boolean stuck = false;
    try {
      atEnd.accept(time.run(MAX_LENGTH, over));
      if (pending > 0) {
        facts.failures.add(
            "calls, operator requests or snapshots not reached within one hour: " + pending);
      }
    } catch (TaskFailedException e) {
      facts.failures.add(String.valueOf(e.getMessage()));
    } catch (BlockedThreadException | EndlessInstantException e) {
      facts.failures.add(String.valueOf(e.getMessage()));
      stuck = true;
    }
    scripts.forEach(script -> script.unfinished().ifPresent(facts.unfinished::add));
    return stuck;
  }
}
