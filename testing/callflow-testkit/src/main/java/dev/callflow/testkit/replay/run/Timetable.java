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
 * When what a case says happens, in virtual time: calls, operators and snapshots, and the scripts
 * of callers. Used by threads of virtual time, one of which runs at a time.
 */
public final class Timetable {

  /** How long a case may take; then a call that has not ended is a failure. */
  private static final Duration MAX_LENGTH = Duration.ofHours(1);

  /** How long timers are waited for that are still due when all calls have ended. */
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
          "look at " + snapshot.room(),
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

  /** Does something that comes before the case; the case is not over meanwhile. */
  public void prepare(Runnable what) {
    pending++;
    what.run();
    pending--;
  }

  /** Has a script's steps checked at the end. */
  public void follow(Script script) {
    scripts.add(script);
  }

  /** A call is gone. */
  public void ended() {
    lastEnd = time.elapsed();
  }

  /** Whether all that the case says has happened. */
  public boolean nothingPends() {
    return pending == 0;
  }

  /** Whether the last call has been gone for a while. */
  public boolean isAfterwards() {
    return time.elapsed().compareTo(lastEnd.plus(AFTERMATH)) > 0;
  }

  /**
   * Runs the case.
   *
   * @param over asked when all threads wait
   * @param atEnd gets whether it is over, and notes the calls that have not ended
   * @return whether threads are stuck and cannot be ended
   */
  public boolean run(BooleanSupplier over, Consumer<Boolean> atEnd) throws InterruptedException {
    boolean stuck = false;
    try {
      atEnd.accept(time.run(MAX_LENGTH, over));
      if (pending > 0) {
        facts.failures.add(pending + " calls, operators or snapshots were later than one hour");
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
