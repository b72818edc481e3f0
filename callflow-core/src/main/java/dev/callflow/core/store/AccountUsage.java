package dev.callflow.core.store;

import dev.callflow.core.document.Document;
import java.util.Optional;

/**
 * The room that the documents of an account take, of all types together.
 *
 * @param documents the number of documents
 * @param bytes the sum of their sizes ({@link Document.Size#bytes})
 */
public record AccountUsage(long documents, long bytes) {

  /** The usage of an account without documents. */
  public static final AccountUsage NONE = new AccountUsage(0, 0);

  /**
   * Returns the usage after a change.
   *
   * @param before the size of the document before the change; empty if it is new
   * @param after the size of the document after the change; empty if it is removed
   * @return the usage
   */
  public AccountUsage plus(Optional<Document.Size> before, Optional<Document.Size> after) {
    return new AccountUsage(
        documents - before.stream().count() + after.stream().count(),
        bytes
            - before.map(Document.Size::bytes).orElse(0L)
            + after.map(Document.Size::bytes).orElse(0L));
  }
}
