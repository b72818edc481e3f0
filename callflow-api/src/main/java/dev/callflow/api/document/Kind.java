package dev.callflow.api.document;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Violation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is particular to documents of one type. */
public interface Kind {

  /**
   * Repairs harmless slips and adds defaults.
   *
   * @param body the document; is not changed
   * @return the document as it is stored
   */
  ObjectNode complete(ObjectNode body);

  /**
   * Tells which rules a document breaks.
   *
   * @param id its id
   * @param body the document, completed
   * @return the rules; empty if it may be stored
   */
  List<Violation> check(String id, ObjectNode body);

  /**
   * Tells which keys a list shows besides the id.
   *
   * @return the keys
   */
  List<String> listed();

  /**
   * Looks at what is true of an account's documents now and not stored.
   *
   * @param account the owner
   * @return what adds that to the rows of a list
   */
  Rows rows(AccountId account);

  /**
   * Adds to a document what is true of it now and not stored.
   *
   * @param account the owner
   * @param id its id
   * @param document is added to
   * @return whether there is anything of that id, even if it is not stored
   */
  boolean addLive(AccountId account, String id, ObjectNode document);

  /** Adds to rows what is true now. */
  @FunctionalInterface
  interface Rows {

    /**
     * Adds it to a row.
     *
     * @param id the document's id
     * @param row is added to
     */
    void add(String id, ObjectNode row);
  }
}
