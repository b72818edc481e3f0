package dev.callflow.api.document;

import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists, returns, creates, changes and deletes the documents of accounts
 * (docs/spec/api.md#documents).
 */
public final class DocumentResource {

  /**
   * The maximum number of attempts at a change without an expected revision; an attempt fails if
   * another change is stored first.
   */
  private static final int MAX_ATTEMPTS = 10;

  private final EditableStore store;
  private final Kinds kinds;

  /**
   * Creates the resource.
   *
   * @param store the store that holds the documents
   * @param kinds the behaviour that depends on the document type
   */
  public DocumentResource(EditableStore store, Kinds kinds) {
    this.store = store;
    this.kinds = kinds;
  }

  /**
   * Returns the operations of all types of documents.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return Stream.of(DocumentType.values())
        .flatMap(type ->
            switch (type) {
              case CALLFLOW, CONFERENCE, DEVICE, USER, MEDIA ->
                  operations(type, Scope.READ, Scope.DOCUMENTS).stream();
              case WEBHOOK -> operations(type, Scope.ADMIN, Scope.ADMIN).stream();
            })
        .toList();
  }

  private List<ApiOperation> operations(DocumentType type, Scope read, Scope change) {
    String all = "/v2/accounts/{account}/" + type.collection();
    String one = all + "/{id}";
    return List.of(
        ApiOperation.of(
                "GET", all, read, call -> list(call.account(), type, shown(call), call.query()))
            .taking(Listing.PARAMETERS),
        ApiOperation.of(
                "PUT",
                all,
                change,
                call -> call.withData(data -> create(call.account(), type, data)))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "GET", one, read, call -> get(call.account(), type, shown(call), call.value("id")))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "POST",
                one,
                change,
                call ->
                    call.withData(data ->
                        replace(
                            call.account(),
                            type,
                            call.value("id"),
                            data,
                            ExpectedRevision.of(call))))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "PATCH",
                one,
                change,
                call ->
                    call.withData(data ->
                        patch(
                            call.account(),
                            type,
                            call.value("id"),
                            data,
                            ExpectedRevision.of(call))))
            .taking(Parameters.KAZOO),
        ApiOperation.of(
                "DELETE",
                one,
                change,
                call -> remove(call.account(), type, call.value("id"), ExpectedRevision.of(call)))
            .taking(Parameters.KAZOO));
  }

  private static Shown shown(ApiCall call) {
    return Shown.to(call.client().access());
  }

  /**
   * Lists documents; with {@code running=true} what is running, whether or not it is stored.
   *
   * @param account the account that owns the documents
   * @param type the document type
   * @param shown how much of the documents the client may see, also by filters
   * @param query the start, size and filters of the page
   * @return the rows and the start of the next page
   */
  public Answer list(AccountId account, DocumentType type, Shown shown, Map<String, String> query) {
    Kind kind = kinds.of(type);
    String running = query.get("running");
    if (running == null) {
      return Listing.stored(store, account, type, kind, shown, query);
    }
    if (!running.equals("true")) {
      return Violations.of("running", "enum", "must be \"true\"");
    }
    return kind.running(account)
        .map(found -> Listing.running(store, account, type, kind, found, shown, query))
        .orElseGet(() -> Violations.of("running", "invalid", "only conferences can be running"));
  }

  /**
   * Returns a document with its live state.
   *
   * @param account the account that owns the documents
   * @param type the document type
   * @param shown how much of the document the client may see
   * @param id the document's id
   * @return the document
   */
  public Answer get(AccountId account, DocumentType type, Shown shown, String id) {
    Optional<StoredDocument> stored = store.stored(account, type, id);
    if (stored.isPresent()) {
      return answer(200, account, stored.get(), shown, List.of());
    }
    // A conference may be running although no document is stored for it.
    ObjectNode document = Json.object().put("id", id);
    return kinds.of(type).addLive(account, id, document)
        ? Answer.ok(document)
        : Answer.notFound(id);
  }

  /**
   * Stores a new document under a generated id.
   *
   * @param account the account that owns the documents
   * @param type the document type
   * @param data the document
   * @return the document as stored
   */
  public Answer create(AccountId account, DocumentType type, ObjectNode data) {
    Optional<Answer> tooLarge = tooLarge(data);
    if (tooLarge.isPresent()) {
      return tooLarge.get();
    }
    String id = newId();
    ObjectNode body = kinds.of(type).complete(publicPart(data));
    Kind.Findings findings = kinds.of(type).check(id, body);
    int maximum = kinds.of(type).maximum();
    if (maximum < Integer.MAX_VALUE
        && store.page(account, type, Optional.empty(), true, maximum).size() == maximum) {
      return tooMany(type, maximum);
    }
    return findings.violations().isEmpty()
        ? written(201, account, id, store.create(account, type, id, body), findings.warnings())
        : Violations.of(findings.violations(), body);
  }

  /**
   * Replaces a document, and keeps its private keys and those secrets that the new one leaves out.
   *
   * @param account the account that owns the documents
   * @param type the document type
   * @param id the document's id
   * @param data the new document
   * @param expected the revision that the client expects; empty to accept any
   * @return the document as stored
   */
  public Answer replace(
      AccountId account,
      DocumentType type,
      String id,
      ObjectNode data,
      Optional<Revision> expected) {
    return change(
        account,
        type,
        id,
        expected,
        before -> withWriteOnly(publicPart(data), before, kinds.of(type)));
  }

  /**
   * Merges keys into a document; a null value removes the key.
   *
   * @param account the account that owns the documents
   * @param type the document type
   * @param id the document's id
   * @param data the keys to change
   * @param expected the revision that the client expects; empty to accept any
   * @return the document as stored
   */
  public Answer patch(
      AccountId account,
      DocumentType type,
      String id,
      ObjectNode data,
      Optional<Revision> expected) {
    return change(
        account, type, id, expected, before -> merged(publicPart(before), publicPart(data)));
  }

  /**
   * Deletes a document.
   *
   * @param account the account that owns the documents
   * @param type the document type
   * @param id the document's id
   * @param expected the revision that the client expects; empty to accept any
   * @return the deleted document
   */
  public Answer remove(
      AccountId account, DocumentType type, String id, Optional<Revision> expected) {
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      Optional<StoredDocument> before = store.stored(account, type, id);
      if (before.isEmpty()) {
        return Answer.notFound(id);
      }
      WriteResult result =
          store.remove(account, type, id, expected.orElse(before.get().revision()));
      if (expected.isPresent() || !(result instanceof WriteResult.Conflict)) {
        return written(200, account, id, result, List.of());
      }
    }
    return conflict();
  }

  private Answer change(
      AccountId account,
      DocumentType type,
      String id,
      Optional<Revision> expected,
      UnaryOperator<ObjectNode> change) {
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
      Optional<StoredDocument> before = store.stored(account, type, id);
      if (before.isEmpty()) {
        return Answer.notFound(id);
      }
      ObjectNode old = before.get().document().body();
      ObjectNode changed = change.apply(old);
      Optional<Answer> tooLarge = tooLarge(changed);
      if (tooLarge.isPresent()) {
        return tooLarge.get();
      }
      ObjectNode body = kinds.of(type).complete(changed);
      Kind.Findings findings = kinds.of(type).check(id, body);
      if (!findings.violations().isEmpty()) {
        return Violations.of(findings.violations(), body);
      }
      keepPrivate(old, body);
      WriteResult result =
          store.replace(account, type, id, body, expected.orElse(before.get().revision()));
      if (expected.isPresent() || !(result instanceof WriteResult.Conflict)) {
        return written(200, account, id, result, findings.warnings());
      }
    }
    return conflict();
  }

  private Answer written(
      int status, AccountId account, String id, WriteResult result, List<Problem> warnings) {
    return switch (result) {
      case WriteResult.Written(StoredDocument stored) ->
          answer(status, account, stored, Shown.ALL, warnings);
      case WriteResult.Conflict(Revision revision) -> conflict();
      case WriteResult.Missing() -> Answer.notFound(id);
      case WriteResult.NumbersTaken(List<String> numbers) -> numbersTaken(numbers);
      case WriteResult.QuotaExceeded exceeded -> quotaExceeded(exceeded);
    };
  }

  /** Refuses a document that is too large before it is checked, which takes long for such ones. */
  private Optional<Answer> tooLarge(ObjectNode body) {
    return store.quotaExceededBy(body).map(DocumentResource::quotaExceeded);
  }

  private static Answer quotaExceeded(WriteResult.QuotaExceeded exceeded) {
    FailureCode code =
        switch (exceeded.quota()) {
          case DOCUMENT_BYTES, DOCUMENT_KEYS -> FailureCode.TOO_LARGE;
          case DOCUMENTS, BYTES -> FailureCode.QUOTA_EXCEEDED;
        };
    ObjectNode data = Json.object();
    data.put("message", exceeded.message());
    data.put("quota", exceeded.quota().name().toLowerCase(Locale.ROOT));
    data.put("maximum", exceeded.maximum());
    data.put("value", exceeded.value());
    return new Answer.Refused(code, data);
  }

  private static Answer tooMany(DocumentType type, int maximum) {
    ObjectNode data = Json.object();
    data.put("message", "the account has " + maximum + " " + type.collection() + ", the maximum");
    data.put("quota", type.collection());
    data.put("maximum", maximum);
    data.put("value", maximum + 1);
    return new Answer.Refused(FailureCode.QUOTA_EXCEEDED, data);
  }

  private static Answer conflict() {
    return Answer.refused(
        FailureCode.CONFLICT, "the document was changed by another request in the meantime");
  }

  private static Answer numbersTaken(List<String> numbers) {
    ObjectNode data = Json.object();
    ObjectNode rule = data.putObject("numbers").putObject("unique");
    rule.put("message", "Numbers already in use");
    rule.put("cause", String.join(",", numbers));
    return new Answer.Refused(FailureCode.VALIDATION, data);
  }

  private Answer answer(
      int status, AccountId account, StoredDocument stored, Shown shown, List<Problem> warnings) {
    ObjectNode document = publicPart(shown.of(stored).document().body());
    document.put("id", stored.document().id());
    document.remove(kinds.of(stored.document().type()).writeOnly());
    kinds.of(stored.document().type()).addLive(account, stored.document().id(), document);
    return new Answer.Done(
        status,
        document,
        revision(stored, shown),
        warnings.isEmpty() ? Map.of() : Map.of("warnings", json(warnings)));
  }

  private static Optional<String> revision(StoredDocument stored, Shown shown) {
    return switch (shown) {
      case ALL -> Optional.of(stored.revision().toString());
      // The revision contains a hash of the whole document, by which a PIN could be guessed.
      case WITHOUT_SECRETS -> Optional.empty();
    };
  }

  private static ArrayNode json(List<Problem> warnings) {
    ArrayNode list = Json.object().arrayNode();
    for (Problem warning : warnings) {
      list.addObject()
          .put("pointer", warning.pointer().toString())
          .put("message", warning.message());
    }
    return list;
  }

  /** Returns a copy without private keys and without the id, which the path determines. */
  private static ObjectNode publicPart(ObjectNode body) {
    ObjectNode copy = body.deepCopy();
    copy.remove("id");
    copy.remove(privateKeys(body));
    return copy;
  }

  private static void keepPrivate(ObjectNode old, ObjectNode body) {
    privateKeys(old).forEach(key -> body.set(key, old.path(key)));
  }

  /** A client that has read a document cannot send its secrets back. */
  private static ObjectNode withWriteOnly(ObjectNode body, ObjectNode old, Kind kind) {
    kind.writeOnly().stream()
        .filter(key -> old.has(key) && !body.has(key))
        .forEach(key -> body.set(key, old.path(key)));
    return body;
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
