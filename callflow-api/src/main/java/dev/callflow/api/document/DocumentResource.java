package dev.callflow.api.document;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.Violation;
import dev.callflow.core.document.WriteResult;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of accounts, as they are listed, fetched and changed (docs/spec/api.md#documents).
 */
public final class DocumentResource {

  /** How often a change is tried again that somebody else's has overtaken. */
  private static final int TRIES = 10;

  private final EditableStore store;
  private final Kinds kinds;

  /**
   * Makes the resource.
   *
   * @param store the documents
   * @param kinds what is particular to their types
   */
  public DocumentResource(EditableStore store, Kinds kinds) {
    this.store = store;
    this.kinds = kinds;
  }

  /**
   * Lists documents.
   *
   * @param account the owner
   * @param type the kind
   * @param query where to begin, how many, and which
   * @return the rows, and where the next page begins
   */
  public Answer list(AccountId account, DocumentType type, Map<String, String> query) {
    Kind kind = kinds.of(type);
    return Listing.of(store, account, type, kind, query);
  }

  /**
   * Fetches a document, and what is true of it now.
   *
   * @param account the owner
   * @param type the kind
   * @param id its id
   * @return the document
   */
  public Answer get(AccountId account, DocumentType type, String id) {
    Optional<StoredDocument> stored = store.stored(account, type, id);
    if (stored.isPresent()) {
      return shown(200, account, stored.get());
    }
    // A conference that was never stored may run all the same.
    ObjectNode document = Json.object().put("id", id);
    return kinds.of(type).addLive(account, id, document)
        ? Answer.ok(document)
        : Answer.notFound(id);
  }

  /**
   * Stores a new document under an id of our own.
   *
   * @param account the owner
   * @param type the kind
   * @param data the document
   * @return the document as it is stored
   */
  public Answer create(AccountId account, DocumentType type, ObjectNode data) {
    String id = newId();
    ObjectNode body = kinds.of(type).complete(open(data));
    List<Violation> violations = kinds.of(type).check(id, body);
    return violations.isEmpty()
        ? written(201, account, id, store.create(account, type, id, body))
        : Violations.of(violations, body);
  }

  /**
   * Replaces a document; its private keys stay.
   *
   * @param account the owner
   * @param type the kind
   * @param id its id
   * @param data the new document
   * @param seen the revision that is meant; empty for whatever there is
   * @return the document as it is stored
   */
  public Answer replace(
      AccountId account, DocumentType type, String id, ObjectNode data, Optional<Long> seen) {
    return change(account, type, id, seen, before -> open(data));
  }

  /**
   * Changes some keys of a document; those that are null are taken out.
   *
   * @param account the owner
   * @param type the kind
   * @param id its id
   * @param data what is changed
   * @param seen the revision that is meant; empty for whatever there is
   * @return the document as it is stored
   */
  public Answer patch(
      AccountId account, DocumentType type, String id, ObjectNode data, Optional<Long> seen) {
    return change(account, type, id, seen, before -> merged(open(before), open(data)));
  }

  /**
   * Takes a document out.
   *
   * @param account the owner
   * @param type the kind
   * @param id its id
   * @param seen the revision that is meant; empty for whatever there is
   * @return the document as it was
   */
  public Answer remove(AccountId account, DocumentType type, String id, Optional<Long> seen) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredDocument> before = store.stored(account, type, id);
      if (before.isEmpty()) {
        return Answer.notFound(id);
      }
      WriteResult result = store.remove(account, type, id, seen.orElse(before.get().revision()));
      if (seen.isPresent() || !(result instanceof WriteResult.Conflict)) {
        return written(200, account, id, result);
      }
    }
    return conflict();
  }

  private Answer change(
      AccountId account,
      DocumentType type,
      String id,
      Optional<Long> seen,
      UnaryOperator<ObjectNode> change) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredDocument> before = store.stored(account, type, id);
      if (before.isEmpty()) {
        return Answer.notFound(id);
      }
      ObjectNode old = before.get().document().body();
      ObjectNode body = kinds.of(type).complete(change.apply(old));
      List<Violation> violations = kinds.of(type).check(id, body);
      if (!violations.isEmpty()) {
        return Violations.of(violations, body);
      }
      keepPrivate(old, body);
      WriteResult result =
          store.replace(account, type, id, body, seen.orElse(before.get().revision()));
      if (seen.isPresent() || !(result instanceof WriteResult.Conflict)) {
        return written(200, account, id, result);
      }
    }
    return conflict();
  }

  private Answer written(int status, AccountId account, String id, WriteResult result) {
    return switch (result) {
      case WriteResult.Written(StoredDocument stored) -> shown(status, account, stored);
      case WriteResult.Conflict(long revision) -> conflict();
      case WriteResult.Missing() -> Answer.notFound(id);
      case WriteResult.NumbersTaken(List<String> numbers) -> numbersTaken(numbers);
    };
  }

  private static Answer conflict() {
    return Answer.refused(FailureCode.CONFLICT, "somebody else has changed the document meanwhile");
  }

  private static Answer numbersTaken(List<String> numbers) {
    ObjectNode data = Json.object();
    ObjectNode rule = data.putObject("numbers").putObject("unique");
    rule.put("message", "Numbers already in use");
    rule.put("cause", String.join(",", numbers));
    return new Answer.Refused(FailureCode.VALIDATION, data);
  }

  private Answer shown(int status, AccountId account, StoredDocument stored) {
    ObjectNode document = open(stored.document().body());
    document.put("id", stored.document().id());
    kinds.of(stored.document().type()).addLive(account, stored.document().id(), document);
    return new Answer.Done(status, document, Optional.of(Revision.shown(stored)), Map.of());
  }

  /** What clients see and send: no private keys, and no id, which the path tells. */
  private static ObjectNode open(ObjectNode body) {
    ObjectNode open = body.deepCopy();
    open.remove("id");
    open.remove(privateKeys(body));
    return open;
  }

  private static void keepPrivate(ObjectNode old, ObjectNode body) {
    privateKeys(old).forEach(key -> body.set(key, old.path(key)));
  }

  private static List<String> privateKeys(ObjectNode body) {
    return body.propertyNames().stream().filter(Filters::isPrivate).toList();
  }

  private static ObjectNode merged(ObjectNode old, ObjectNode change) {
    for (Map.Entry<String, JsonNode> entry : change.properties()) {
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        old.remove(entry.getKey());
      } else if (value instanceof ObjectNode part
          && old.get(entry.getKey()) instanceof ObjectNode into) {
        merged(into, part);
      } else {
        old.set(entry.getKey(), value);
      }
    }
    return old;
  }

  private static String newId() {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
