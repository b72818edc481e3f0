package dev.callflow.core.document;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A store whose accounts and documents can be changed. A change names the revision that it
 * replaces; its number and its hash must be those of the stored document.
 *
 * <p>Ids and numbers (see {@link DocumentNumbers}) are unique among the documents of a type within
 * an account, even if several threads or processes write concurrently. The rules for blocking,
 * threads and errors are those of {@link DocumentStore}.
 */
public interface EditableStore extends DocumentStore, EditableAccounts {

  /**
   * Finds a document with its revision and dates.
   *
   * @param account the owner
   * @param type the document's type; documents of other types with the same id are not found
   * @param id the document's id
   * @return the document; empty if there is none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<StoredDocument> stored(AccountId account, DocumentType type, String id);

  /**
   * Lists some of the documents of one type, in the order of their ids.
   *
   * @param account the owner
   * @param type the type
   * @param from the first id, inclusive; empty to begin with the first document
   * @param ascending true for ascending order, false for descending order
   * @param limit the maximum number of documents; must be at least 1
   * @return the documents
   * @throws StoreUnavailableException if the store cannot answer
   */
  List<StoredDocument> page(
      AccountId account, DocumentType type, Optional<String> from, boolean ascending, int limit);

  /**
   * Checks a document against the limits that apply to each document by itself, without storing it
   * and without blocking. So a large document can be refused before it is checked in other ways.
   *
   * @param body the document
   * @return the limit that the document exceeds; empty if there is none, as by default
   */
  default Optional<WriteResult.QuotaExceeded> quotaExceededBy(ObjectNode body) {
    return Optional.empty();
  }

  /**
   * Stores a new document.
   *
   * @param account the owner
   * @param type the document's type
   * @param id the document's id
   * @param body the document; must not be changed afterwards
   * @return {@link WriteResult.Written}, {@link WriteResult.Conflict} if a document already has
   *     this id, {@link WriteResult.NumbersTaken}, or {@link WriteResult.QuotaExceeded}
   * @throws StoreUnavailableException if the store cannot answer; the document may have been stored
   */
  WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body);

  /**
   * Replaces a document.
   *
   * @param account the owner
   * @param type the document's type
   * @param id the document's id
   * @param body the document; must not be changed afterwards
   * @param revision the revision to replace
   * @return {@link WriteResult.Written}, {@link WriteResult.Conflict} if the document has another
   *     revision, {@link WriteResult.Missing}, {@link WriteResult.NumbersTaken}, or {@link
   *     WriteResult.QuotaExceeded}
   * @throws StoreUnavailableException if the store cannot answer; the document may have been
   *     replaced
   */
  WriteResult replace(
      AccountId account, DocumentType type, String id, ObjectNode body, Revision revision);

  /**
   * Removes a document. Its numbers become available again. A later document with the same id never
   * reuses one of its revisions.
   *
   * @param account the owner
   * @param type the document's type
   * @param id the document's id
   * @param revision the revision to remove
   * @return {@link WriteResult.Written} with the removed document, {@link WriteResult.Conflict} if
   *     the document has another revision, or {@link WriteResult.Missing}
   * @throws StoreUnavailableException if the store cannot answer; the document may have been
   *     removed
   */
  WriteResult remove(AccountId account, DocumentType type, String id, Revision revision);
}
