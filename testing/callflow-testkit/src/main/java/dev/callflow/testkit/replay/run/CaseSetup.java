package dev.callflow.testkit.replay.run;

import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.testkit.replay.script.AccountDocuments;
import dev.callflow.testkit.replay.script.CaseScript;
import dev.callflow.testkit.replay.script.Operation;
import dev.callflow.testkit.replay.script.ScriptedCaller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts the parts of a case into objects for the engine and the conferences. */
public final class CaseSetup {

  /** The variable from which the engine takes the account of a call. */
  private static final String ACCOUNT = "callflow_account_id";

  private CaseSetup() {}

  public static DocumentStore store(CaseScript.Given given) {
    MemoryStore store = new MemoryStore().system(given.system());
    for (AccountDocuments account : given.accounts()) {
      store.account(account.id(), account.body());
      account.documents().forEach(it -> store.put(account.id(), it.type(), it.id(), it.body()));
    }
    return given.faults().storeDown() ? new StoreDown(store) : store;
  }

  public static Map<String, String> variables(ScriptedCaller caller) {
    Map<String, String> variables = new HashMap<>(caller.variables());
    variables.putIfAbsent(ACCOUNT, caller.account().value());
    return variables;
  }

  /** Returns the realm of the account that a call belongs to. */
  public static Optional<String> realm(CaseScript file, ScriptedCaller caller) {
    return file.given().accounts().stream()
        .filter(account -> account.id().equals(caller.account()))
        .map(account -> account.body().path("realm"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .findFirst();
  }

  static ControlRequest request(Operation operation, Facts facts) {
    ControlRequest.Target target =
        switch (operation.target()) {
          case Operation.Target.Conference() -> new ControlRequest.Target.Conference();
          case Operation.Target.Participants() -> new ControlRequest.Target.Participants();
          case Operation.Target.Participant(String name) ->
              new ControlRequest.Target.Participant(id(name, facts));
        };
    return new ControlRequest(operation.room(), target, operation.action(), data(operation, facts));
  }

  /**
   * Returns the id of the call with the given name. If several dialled legs have this name, returns
   * the id of the latest.
   */
  private static String id(String name, Facts facts) {
    List<CallId> all = facts.names.calls(name);
    return all.isEmpty() ? name : all.getLast().value();
  }

  /** Returns the request's data, with the names of calls replaced with their ids. */
  private static ObjectNode data(Operation operation, Facts facts) {
    ObjectNode data = operation.data().deepCopy();
    for (String key : List.of("participant_id", "other_participant", "target_call_id", "call_id")) {
      if (data.path(key).isString()) {
        data.put(key, id(data.path(key).stringValue(), facts));
      }
    }
    return data;
  }
}
