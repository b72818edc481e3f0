package dev.callflow.store;

import java.util.List;

/**
 * The result of an import.
 *
 * @param accounts the number of imported accounts
 * @param documents the number of imported documents
 * @param problems a message for each account or document that could not be imported, without
 *     secrets
 */
public record ImportResult(int accounts, int documents, List<String> problems) {

  /** Copies the problems. */
  public ImportResult {
    problems = List.copyOf(problems);
  }
}
