package dev.callflow.core.call;

import dev.callflow.core.document.AccountId;
import java.util.List;
import java.util.Map;

/**
 * Where a call is in its callflow: enough for another process to continue the call there. Contains
 * no PIN and nothing that a caller has entered.
 *
 * @param account the account that the call belongs to
 * @param number the number that was dialled
 * @param node the node that runs
 * @param saved the nodes to return to, the next one first
 * @param step what the node's module needs to continue, in words of its own; empty at the beginning
 *     of the node
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

    /** A leg that runs through no callflow, such as a dialled one. */
    public static final Place NONE = new Place("", "");
  }

  /** Copies the places and the step. */
  public Position {
    saved = List.copyOf(saved);
    step = Map.copyOf(step);
  }

  /**
   * Returns the same place with another step.
   *
   * @param next what the node's module needs to continue
   * @return the position
   */
  public Position withStep(Map<String, String> next) {
    return new Position(account, number, node, saved, next);
  }
}
