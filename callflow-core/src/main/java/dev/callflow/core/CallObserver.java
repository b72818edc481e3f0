package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.Node;

/**
 * Receives call lifecycle callbacks. Methods run on the call's own thread and must not block.
 *
 * <p>All methods do nothing unless overridden.
 */
public interface CallObserver {

  /**
   * A module is about to run.
   *
   * @param call the call
   * @param node the node
   */
  default void moduleStarted(Call call, Node.Action node) {}

  /**
   * The walk has ended. Called once for each call that was taken.
   *
   * @param call the call's id
   * @param by who ended the call
   * @param cause why
   */
  default void ended(CallId call, EndedBy by, HangupCause cause) {}
}
