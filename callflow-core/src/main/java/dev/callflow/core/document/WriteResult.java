package dev.callflow.core.document;

import java.util.List;

/** What has become of a change to an {@link EditableStore}. */
public sealed interface WriteResult {

  /**
   * It is done.
   *
   * @param stored the document as it is now; of a removal, as it was
   */
  record Written(StoredDocument stored) implements WriteResult {}

  /**
   * Somebody else has changed the document meanwhile, or it exists already; nothing is changed.
   *
   * @param revision the revision that it has
   */
  record Conflict(long revision) implements WriteResult {}

  /** There is no such document. */
  record Missing() implements WriteResult {}

  /**
   * Numbers of the document are those of others of its type and account; nothing is changed.
   *
   * @param numbers which, in ascending order
   */
  record NumbersTaken(List<String> numbers) implements WriteResult {

    /** Copies the numbers. */
    public NumbersTaken {
      numbers = List.copyOf(numbers);
    }
  }
}
