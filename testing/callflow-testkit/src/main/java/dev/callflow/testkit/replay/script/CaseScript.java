package dev.callflow.testkit.replay.script;

import dev.callflow.core.call.MediaGuard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a case says.
 *
 * @param name the sentence that it is called by
 * @param given the documents, and how the switch is
 * @param calls who calls when and does what
 * @param control what operators do
 * @param callees how dialled endpoints behave, by their names
 * @param expected what must come of it
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

  /** The documents of a case, and how the switch is in it. */
  public record Given(
      List<AccountDocuments> accounts,
      ObjectNode system,
      Map<String, Duration> media,
      MediaGuard mayPlay,
      CaseFaults faults) {}
}
