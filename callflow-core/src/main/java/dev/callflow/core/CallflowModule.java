package dev.callflow.core;

import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the callflow nodes that name this module.
 *
 * <p>Applications add their own modules by registering them with {@link CallflowEngine.Builder} or
 * by declaring them as services. One instance serves all calls concurrently, so it must not keep
 * the state of a call in its fields.
 */
public interface CallflowModule {

  /**
   * Returns the module's name, as nodes specify it.
   *
   * @return the name, for instance {@code play}
   */
  String name();

  /**
   * Checks a node's data without running the node. Called by {@code lint} and when documents are
   * loaded.
   *
   * @param data the node's data
   * @return the problems and warnings, with pointers relative to the data; empty if there are none
   */
  default List<Problem> check(ObjectNode data) {
    return List.of();
  }

  /**
   * Returns the JSON schema of a node's data, with which editors complete the data. {@link #check}
   * may report more than the schema does.
   *
   * @return a copy of the schema (JSON Schema, draft 7), in which references begin with {@code
   *     #/definitions/}; empty unless overridden
   */
  default Optional<ObjectNode> schema() {
    return Optional.empty();
  }

  /**
   * Returns the strings in a node's data that name media, so that they are checked too.
   *
   * @param data the node's data
   * @return the strings, keyed by JSON pointers relative to the data, such as {@code /greeting};
   *     empty unless overridden
   */
  default Map<String, String> media(ObjectNode data) {
    return Map.of();
  }

  /**
   * Runs a node. Called on the call's own thread, which it may block by calling the call's
   * operations.
   *
   * @param context the call, the node and its data, and the services of the engine
   * @return how the callflow continues
   * @throws dev.callflow.core.call.CallEndedException when the call ends; do not catch it
   */
  Outcome run(ModuleContext context);
}
