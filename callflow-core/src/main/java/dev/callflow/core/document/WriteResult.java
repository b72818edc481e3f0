package dev.callflow.core.document;

import java.util.List;

/** The result of a change to an {@link EditableStore}. */
public sealed interface WriteResult {

  /**
   * The change succeeded.
   *
   * @param stored the document after the change; for a removal, the removed document
   */
  record Written(StoredDocument stored) implements WriteResult {}

  /**
   * The document has another revision or already exists; nothing was changed.
   *
   * @param revision the document's current revision
   */
  record Conflict(Revision revision) implements WriteResult {}

  /** There is no such document. */
  record Missing() implements WriteResult {}

  /**
   * Some of the document's numbers belong to other documents of the same type and account; nothing
   * was changed.
   *
   * @param numbers the conflicting numbers in ascending order
   */
  record NumbersTaken(List<String> numbers) implements WriteResult {

    /** Copies the numbers. */
    public NumbersTaken {
      numbers = List.copyOf(numbers);
    }
  }
}
