package dev.callflow.testkit.replay.script;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account of a case and what it owns.
 *
 * @param id its id
 * @param body its realm, preflow and config
 * @param documents its documents, in the order of the file
 */
public record AccountDocuments(AccountId id, ObjectNode body, List<Owned> documents) {

  /** A document of the account. */
  public record Owned(DocumentType type, String id, ObjectNode body) {}
}
