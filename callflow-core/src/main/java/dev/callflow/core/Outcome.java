package dev.callflow.core;

import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.Node;

/**
 * The ways out of a module (docs/spec/callflows.md#outcomes); only the interpreter looks into them.
 */
public sealed interface Outcome {

  /** Goes on at the wildcard child; without one, stops. */
  record Continue() implements Outcome {}

  /**
   * Goes on at a child, or at the wildcard if there is no such child; without either, stops.
   *
   * @param key the child's key
   */
  record ContinueAt(String key) implements Outcome {}

  /**
   * Goes on at the child of exactly this name; without one, hangs up with NORMAL_CLEARING and
   * leaves the saved nodes alone. The wildcard is not taken.
   *
   * @param key the child's key
   */
  record ExitAt(String key) implements Outcome {}

  /**
   * Runs another tree and comes back to this node's wildcard child when that stops.
   *
   * @param callflow the id of the callflow whose tree it is; empty if it is not stored, so that
   *     calls in it cannot be continued after a restart
   * @param flow the root of the other tree
   */
  record Branch(String callflow, Node flow) implements Outcome {

    /**
     * Branches into a tree that is not stored.
     *
     * @param flow the root of the tree
     */
    public Branch(Node flow) {
      this("", flow);
    }
  }

  /**
   * Runs another tree in place of this one.
   *
   * @param flow the root of the other tree
   */
  record Replace(Node flow) implements Outcome {}

  /** Goes back to the node that was saved last; if there is none, hangs up. */
  record Stop() implements Outcome {}

  /**
   * As {@link Stop}, but hangs up with a cause if no node is saved.
   *
   * @param cause the cause that the caller gets
   */
  record StopWith(HangupCause cause) implements Outcome {}

  /**
   * Hangs up, whatever is saved.
   *
   * @param cause the cause that the caller gets
   */
  record HangUp(HangupCause cause) implements Outcome {}

  /** Ends the flow without hanging up: the call has been sent elsewhere. */
  record Transferred() implements Outcome {}

  /** Ends the flow without hanging up: something else is in charge of the call now. */
  record Usurped() implements Outcome {}
}
