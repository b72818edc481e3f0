package dev.callflow.api.document;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Violation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The behaviour of the API that depends on the document type. */
public interface Kind {

  /**
   * Corrects harmless mistakes and adds defaults.
   *
   * @param body the document; it is not modified
   * @return the document to store
   */
  ObjectNode complete(ObjectNode body);

  /**
   * Validates a document.
   *
   * @param id the document's id
   * @param body the completed document
   * @return the violations; empty if the document may be stored
   */
  List<Violation> check(String id, ObjectNode body);

  /**
   * Returns the keys of a document that its row in a list contains in addition to the id.
   *
   * @return the keys
   */
  List<String> listed();

  /**
   * Looks up the live state of an account's documents.
   *
   * @param account the account that owns the documents
   * @return a function that adds the live state to the rows of a list
   */
  Rows rows(AccountId account);

  /**
   * Adds live state to a document.
   *
   * @param account the account that owns the document
   * @param id the document's id
   * @param document the document to which to add the live state
   * @return whether live state exists, which is possible even if the document is not stored
   */
  boolean addLive(AccountId account, String id, ObjectNode document);

  /** Adds live state to the rows of a list. */
  @FunctionalInterface
  interface Rows {

    /**
     * Adds the live state of one document to its row.
     *
     * @param id the document's id
     * @param row the row to which to add the live state
     */
    void add(String id, ObjectNode row);
  }
}
