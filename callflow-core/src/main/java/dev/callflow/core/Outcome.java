package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.Node;
import java.time.Duration;
import java.util.function.Supplier;

/** How a callflow continues after a module (docs/spec/callflows.md#outcomes). */
public sealed interface Outcome {

  /** Continues at the wildcard child, or stops if there is none. */
  record Continue() implements Outcome {}

  /**
   * Continues at a child, or at the wildcard child if there is no such child; stops if neither
   * exists.
   *
   * @param key the child's key
   */
  record ContinueAt(String key) implements Outcome {}

  /**
   * Continues at a child; never falls back to the wildcard child. If there is no such child, hangs
   * up with NORMAL_CLEARING, even if nodes are saved.
   *
   * @param key the child's key
   */
  record ExitAt(String key) implements Outcome {}

  /**
   * Runs another tree, and continues at this node's wildcard child when that tree stops.
   *
   * @param callflow the id of the callflow that the other tree belongs to; empty if it is not
   *     stored, in which case calls in that tree cannot be continued after a restart
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
   * Runs another tree instead of this one.
   *
   * @param flow the root of the other tree
   */
  record Replace(Node flow) implements Outcome {}

  /** Returns to the most recently saved node, or hangs up if no node is saved. */
  record Stop() implements Outcome {}

  /**
   * Does the same as {@link Stop}, but hangs up with a given cause if no node is saved.
   *
   * @param cause the cause that the caller receives
   */
  record StopWith(HangupCause cause) implements Outcome {}

  /**
   * Hangs up, even if nodes are saved.
   *
   * @param cause the cause that the caller receives
   */
  record HangUp(HangupCause cause) implements Outcome {}

  /** Ends the callflow without hanging up, because the call was transferred elsewhere. */
  record Transferred() implements Outcome {}

  /** Ends the callflow without hanging up, because something else now controls the call. */
  record Usurped() implements Outcome {}

  /**
   * Waits until something happens to the call, then runs the rest of the module, and continues as
   * its outcome says. Waiting this way takes less memory than with {@link Call#next} in the module,
   * because the stack of all steps before is gone: another thread becomes the call's own.
   *
   * @param timeout the maximum time to wait
   * @param rest the rest of the module, in which {@link Call#next} returns what has happened; what
   *     it throws counts as thrown by the module
   */
  record LongWait(Duration timeout, Supplier<Outcome> rest) implements Outcome {}
}
