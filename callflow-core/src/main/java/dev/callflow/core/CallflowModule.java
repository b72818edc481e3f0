package dev.callflow.core;

import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A module: what a callflow node of one name does.
 *
 * <p>Applications add their own by registering them with {@link CallflowEngine.Builder}, or by
 * declaring them as services. An instance serves all calls at once and so must keep no state of a
 * call in its fields.
 */
public interface CallflowModule {

  /**
   * Returns the name that nodes call it by.
   *
   * @return for instance {@code play}
   */
  String name();

  /**
   * Checks a node's data without running it, for {@code lint} and when documents are loaded.
   *
   * @param data the node's data
   * @return what is wrong with it, pointers relative to the data; empty if nothing
   */
  default List<Problem> check(ObjectNode data) {
    return List.of();
  }

  /**
   * Lists the texts in a node's data that name media, so that they are checked with the data.
   *
   * @param data the node's data
   * @return the texts by JSON pointers relative to the data, such as {@code /greeting}; none unless
   *     overridden
   */
  default Map<String, String> media(ObjectNode data) {
    return Map.of();
  }

  /**
   * Runs on the call's own thread and may block it through the call's operations.
   *
   * @param context the node, its data, the call and what the engine offers
   * @return the way out
   * @throws dev.callflow.core.call.CallEndedException when the call ends: let it pass
   */
  Outcome run(ModuleContext context);
}
