package dev.callflow.core.document;

import java.util.List;

/**
 * A parsed callflow document (docs/spec/callflows.md#document).
 *
 * @param id the document's id
 * @param name the document's name, or its id if it has no name
 * @param numbers the numbers of the callflow; may contain {@code no_match}
 * @param patterns the patterns that numbers are matched against, as written
 * @param flow the root of the tree
 */
public record ParsedCallflow(
    String id, String name, List<String> numbers, List<String> patterns, Node flow) {

  /**
   * A reserved number: the callflow that has it receives the calls that no other callflow matches.
   */
  public static final String NO_MATCH = "no_match";

  /** Copies the lists. */
  public ParsedCallflow {
    numbers = List.copyOf(numbers);
    patterns = List.copyOf(patterns);
  }
}
