package dev.callflow.testkit.replay.script;

import dev.callflow.core.call.MediaGuard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of a case file.
 *
 * @param name the name of the case: a sentence that is true if the case passes
 * @param given the documents and the state of the switch
 * @param calls the calls, with their times and the steps of the callers
 * @param control the requests of operators
 * @param callees the behaviour of dialled endpoints, by endpoint
 * @param expected the expected outcome
 */
public record CaseScript(
    String name,
    Given given,
    List<ScriptedCaller> calls,
    List<Operation> control,
    Map<String, ScriptedCallee> callees,
    ExpectedOutcome expected) {

  public CaseScript {
    calls = List.copyOf(calls);
    control = List.copyOf(control);
    callees = Map.copyOf(callees);
  }

  /** The documents of a case, and the state of the switch. */
  public record Given(
      List<AccountDocuments> accounts,
      ObjectNode system,
      Map<String, Duration> media,
      MediaGuard mayPlay,
      CaseFaults faults) {}
}
