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

  /** The limits for the documents of an account. */
  enum Quota {
    /** The size of a document. */
    DOCUMENT_BYTES,
    /** The number of keys and list entries of a document. */
    DOCUMENT_KEYS,
    /** The number of documents of an account. */
    DOCUMENTS,
    /** The size of all documents of an account together. */
    BYTES
  }

  /**
   * The document, or the account with the document, would exceed a limit; nothing was changed.
   *
   * @param quota the limit
   * @param maximum the maximum
   * @param value what the value would have been
   */
  record QuotaExceeded(Quota quota, long maximum, long value) implements WriteResult {

    /**
     * Explains the refusal.
     *
     * @return a clause with the limit and its value, such as {@code the document has 300000 bytes;
     *     the maximum is 262144}
     */
    public String message() {
      String what =
          switch (quota) {
            case DOCUMENT_BYTES -> "the document has " + value + " bytes";
            case DOCUMENT_KEYS -> "the document has " + value + " keys and list entries";
            case DOCUMENTS -> "the account would have " + value + " documents";
            case BYTES -> "the documents of the account would have " + value + " bytes";
          };
      return what + "; the maximum is " + maximum;
    }
  }
}
