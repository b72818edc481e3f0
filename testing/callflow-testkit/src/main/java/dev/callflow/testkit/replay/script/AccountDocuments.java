package dev.callflow.testkit.replay.script;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account of a case and its documents.
 *
 * @param id the id of the account
 * @param body the realm, preflow and config of the account
 * @param documents the documents, in the order of the file
 */
public record AccountDocuments(AccountId id, ObjectNode body, List<Owned> documents) {

  /** A document of the account. */
  public record Owned(DocumentType type, String id, ObjectNode body) {}
}
