package dev.callflow.store;

import java.util.List;

/**
 * What has come of an import.
 *
 * @param accounts how many accounts were taken over
 * @param documents how many documents were taken over
 * @param problems what could not be taken over and why, without secrets: a sentence each
 */
public record ImportResult(int accounts, int documents, List<String> problems) {

  /** Copies the problems. */
  public ImportResult {
    problems = List.copyOf(problems);
  }
}
