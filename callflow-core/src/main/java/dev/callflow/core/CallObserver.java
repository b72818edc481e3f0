package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.document.Node;

/**
 * Observes calls: the modules that they run, and how they end. Methods run on the call's own thread
 * and must not block.
 *
 * <p>All methods do nothing unless overridden.
 */
public interface CallObserver {

  /**
   * Called before a module runs.
   *
   * @param call the call
   * @param node the node that the module will run
   */
  default void moduleStarted(Call call, Node.Action node) {}

  /**
   * Called before a module runs. Calls {@link #moduleStarted(Call, Node.Action)} unless overridden.
   *
   * @param call the call
   * @param callflow the id of the callflow that has the node; empty if that callflow is not stored
   * @param node the node that the module will run
   */
  default void moduleStarted(Call call, String callflow, Node.Action node) {
    moduleStarted(call, node);
  }

  /**
   * Called exactly once for each call that the engine accepted, after its callflow has ended.
   *
   * @param call the record of the call
   */
  default void ended(CallRecord call) {}
}
