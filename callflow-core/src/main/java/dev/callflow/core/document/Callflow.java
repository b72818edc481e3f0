package dev.callflow.core.document;

import java.util.List;

/**
 * A parsed callflow document (docs/spec/callflows.md#document).
 *
 * @param id the document's id
 * @param name its name; its id if it has none
 * @param numbers the exact numbers it answers to; may contain {@code no_match}
 * @param patterns the patterns it answers to, as written
 * @param flow the root of its tree
 */
public record Callflow(
    String id, String name, List<String> numbers, List<String> patterns, Node flow) {

  /** The reserved number of the callflow that is taken when no other fits. */
  static final String NO_MATCH = "no_match";

  /** Copies the lists. */
  public Callflow {
    numbers = List.copyOf(numbers);
    patterns = List.copyOf(patterns);
  }
}
