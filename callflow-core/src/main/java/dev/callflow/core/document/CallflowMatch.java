package dev.callflow.core.document;

import java.util.Map;
import java.util.Optional;

/**
 * A callflow and how it was found (docs/spec/callflows.md#lookup).
 *
 * @param callflow the callflow
 * @param captured the longest string captured by a group of the matching pattern, or the whole
 *     match if the pattern has no groups; empty if the callflow was found by its exact number
 * @param groups the non-empty values of the pattern's named groups, by name
 */
public record CallflowMatch(
    ParsedCallflow callflow, Optional<String> captured, Map<String, String> groups) {

  /** Copies the groups. */
  public CallflowMatch {
    groups = Map.copyOf(groups);
  }
}
