package dev.callflow.core.document;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A store whose documents can be changed, each change against the revision that its author has
 * seen.
 *
 * <p>An id is that of at most one document of a type, and a number (see {@link DocumentNumbers})
 * that of at most one document of a type, within an account. Both are kept up also when several
 * threads or processes write at once. Blocking, threads and errors are those of {@link
 * DocumentStore}.
 */
public interface EditableStore extends DocumentStore {

  /**
   * Finds one document with what the store knows of it.
   *
   * @param account the owner
   * @param type the kind asked for; a document of another kind with that id is not found
   * @param id the document's id
   * @return the document, or empty if the account has none
   * @throws StoreUnavailableException if the store cannot answer
   */
  Optional<StoredDocument> stored(AccountId account, DocumentType type, String id);

  /**
   * Lists a part of the documents of one kind, in the order of their ids.
   *
   * @param account the owner
   * @param type the kind
   * @param from the id at which to begin, itself included; empty for the first
   * @param ascending whether ids rise; else they fall
   * @param most how many at most; at least 1
   * @return the documents
   * @throws StoreUnavailableException if the store cannot answer
   */
  List<StoredDocument> page(
      AccountId account, DocumentType type, Optional<String> from, boolean ascending, int most);

  /**
   * Stores a new document.
   *
   * @param account the owner
   * @param type what it is
   * @param id its id
   * @param body the document; must not be changed afterwards
   * @return {@link WriteResult.Written}, {@link WriteResult.Conflict} if there is a document of
   *     that id, or {@link WriteResult.NumbersTaken}
   * @throws StoreUnavailableException if the store cannot answer; the document may be stored or not
   */
  WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body);

  /**
   * Replaces a document.
   *
   * @param account the owner
   * @param type what it is
   * @param id its id
   * @param body the document; must not be changed afterwards
   * @param revision the revision that is to be replaced
   * @return {@link WriteResult.Written}, {@link WriteResult.Conflict} if the document has another
   *     revision, {@link WriteResult.Missing}, or {@link WriteResult.NumbersTaken}
   * @throws StoreUnavailableException if the store cannot answer; it may be replaced or not
   */
  WriteResult replace(
      AccountId account, DocumentType type, String id, ObjectNode body, long revision);

  /**
   * Takes a document out. Its numbers are free again; one that is stored later under its id has
   * none of its revisions.
   *
   * @param account the owner
   * @param type what it is
   * @param id its id
   * @param revision the revision that is to be taken out
   * @return {@link WriteResult.Written} with what was taken out, {@link WriteResult.Conflict} if
   *     the document has another revision, or {@link WriteResult.Missing}
   * @throws StoreUnavailableException if the store cannot answer; it may be taken out or not
   */
  WriteResult remove(AccountId account, DocumentType type, String id, long revision);
}
