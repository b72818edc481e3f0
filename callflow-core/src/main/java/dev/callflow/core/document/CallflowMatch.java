package dev.callflow.core.document;

import java.util.Map;
import java.util.Optional;

/**
 * A callflow and how it was found (docs/spec/callflows.md#lookup).
 *
 * @param callflow the callflow
 * @param captured the longest captured group of the pattern that matched, or the whole matched text
 *     if it has no groups; empty if the number matched exactly
 * @param groups the pattern's named groups that captured something
 */
public record CallflowMatch(
    Callflow callflow, Optional<String> captured, Map<String, String> groups) {

  /** Copies the groups. */
  public CallflowMatch {
    groups = Map.copyOf(groups);
  }
}
