package dev.callflow.core;

import dev.callflow.core.advice.KnownKeys;
import dev.callflow.core.advice.Nearest;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.CallflowParser;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Node;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks a callflow and the data of every module in it. Used by {@code lint} and by stores. */
public final class CallflowCheck {

  private static final DocumentSchema SCHEMA =
      DocumentSchema.load("callflows", CallflowCheck.class.getResourceAsStream("callflows.json"));

  private static final KnownKeys KEYS = KnownKeys.of(SCHEMA, "id", KnownKeys.SCHEMA);
  private static final Set<String> KEYS_OF_NODE = Set.of("module", "data", "children");

  private final Map<String, CallflowModule> modules;
  private final MediaGuard guard;

  /**
   * Creates a check.
   *
   * @param modules the known modules
   * @param guard decides which media an account may hear
   */
  public CallflowCheck(Collection<CallflowModule> modules, MediaGuard guard) {
    this.guard = guard;
    this.modules =
        modules.stream()
            .collect(Collectors.toMap(CallflowModule::name, module -> module, (a, b) -> b));
  }

  /**
   * Returns the schema of callflows, for documentation.
   *
   * @return a copy of the schema (JSON Schema, draft 7)
   */
  public static ObjectNode schema() {
    return SCHEMA.source();
  }

  /**
   * Checks a callflow. Unknown keys and unknown modules are only warnings: they are kept, and a
   * call passes an unknown module by.
   *
   * @param document the document
   * @return the problems and warnings; empty if there are none
   */
  public List<Problem> check(Document document) {
    CallflowParser.Parsed parsed = CallflowParser.parse(document.id(), document.body());
    List<Problem> problems = new ArrayList<>(parsed.problems());
    // Unlike the schema's message, the parser's also states the consequence, so it is preferred.
    Set<JsonPointer> reported = problems.stream().map(Problem::pointer).collect(Collectors.toSet());
    SCHEMA.check(withoutFlow(document.body())).stream()
        .filter(problem -> !reported.contains(problem.pointer()))
        .forEach(problems::add);
    problems.addAll(KEYS.check(document.body()));
    check(parsed.callflow().flow(), document.body(), problems);
    return problems;
  }

  /**
   * Returns what the schema has to check: the parser checks the tree as well, and the validator
   * needs more stack for a deep tree than a thread has.
   */
  private static ObjectNode withoutFlow(ObjectNode body) {
    ObjectNode rest = Json.object();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      if (!entry.getKey().equals("flow")) {
        rest.set(entry.getKey(), entry.getValue());
      }
    }
    return rest;
  }

  private void check(Node node, ObjectNode document, List<Problem> problems) {
    if (document.at(node.path()) instanceof ObjectNode object) {
      problems.addAll(KnownKeys.check(object, node.path(), KEYS_OF_NODE));
    }
    switch (node) {
      case Node.Empty empty -> {}
      case Node.Malformed malformed ->
          malformed.children().values().forEach(child -> check(child, document, problems));
      case Node.Action action -> {
        CallflowModule module = modules.get(action.module());
        if (module == null) {
          problems.add(
              new Problem(
                  action.path().appendProperty("module"),
                  "unknown module \""
                      + action.module()
                      + "\"; the call continues at the wildcard child"
                      + Nearest.hint(action.module(), modules.keySet()),
                  true));
        } else {
          JsonPointer data = action.path().appendProperty("data");
          check(module, action.data()).forEach(it -> problems.add(it.under(data)));
        }
        action.children().values().forEach(child -> check(child, document, problems));
      }
    }
  }

  private List<Problem> check(CallflowModule module, ObjectNode data) {
    try {
      List<Problem> problems = new ArrayList<>(module.check(data));
      problems.addAll(guard.check(module.media(data)));
      return problems;
    } catch (RuntimeException | LinkageError e) {
      // The message may quote the document, which may contain a PIN.
      return List.of(
          Problem.at(
              "",
              "cannot be checked, because module \""
                  + module.name()
                  + "\" failed: "
                  + e.getClass().getName()));
    }
  }
}
