package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import java.util.List;
import java.util.Map;

/**
 * Where a call is in its callflow, with all that another process needs to continue the call there.
 * Contains no PIN.
 *
 * @param account the account that the call belongs to
 * @param number the number that was dialled
 * @param node the current node
 * @param saved the nodes to return to, in that order
 * @param step what the node's module needs to continue, as keys and values that the module defines;
 *     empty at the beginning of the node
 */
public record Position(
    AccountId account, String number, Place node, List<Place> saved, Map<String, String> step) {

  /**
   * A node of a stored callflow.
   *
   * @param callflow the callflow's id; empty if the node belongs to no stored callflow
   * @param path a JSON pointer to the node, for instance {@code /flow/children/_}
   */
  public record Place(String callflow, String path) {

    /** The place of a leg without a callflow, such as a dialled leg. */
    public static final Place NONE = new Place("", "");
  }

  /** Copies the places and the step. */
  public Position {
    saved = List.copyOf(saved);
    step = Map.copyOf(step);
  }

  /**
   * Returns this position with another step.
   *
   * @param next what the node's module needs to continue
   * @return the new position
   */
  public Position withStep(Map<String, String> next) {
    return new Position(account, number, node, saved, next);
  }
}
