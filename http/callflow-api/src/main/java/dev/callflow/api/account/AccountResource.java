package dev.callflow.api.account;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.api.document.ExpectedRevision;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.schema.AccountSchema;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.Violation;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.record.RecordStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Lists, returns, creates, changes and removes accounts (docs/spec/api.md#accounts). */
public final class AccountResource {

  private static final String ALL = "/v2/accounts";
  private static final String ONE = "/v2/accounts/{account}";
  private static final String REMOVING = "DELETE";

  /** The maximum number of attempts at a change; one fails if another is stored first. */
  private static final int MAX_ATTEMPTS = 10;

  private final EditableStore store;
  private final AccountRemoval removal;

  /**
   * Creates the resource.
   *
   * @param store the store that holds the accounts
   * @param records what is kept of accounts besides documents
   * @param tokens the tokens among the records
   * @param conferences the conferences; an account in which one is running is not removed
   * @param calls the calls of the host; an account that has one is not removed; empty if they are
   *     not known
   */
  public AccountResource(
      EditableStore store,
      RecordStore records,
      StoredTokens tokens,
      Conferences conferences,
      Optional<CallPlaces> calls) {
    this.store = store;
    removal = new AccountRemoval(store, records, tokens, conferences, calls);
  }

  /**
   * Returns the operations on accounts.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
            "GET",
            ALL,
            Scope.ADMIN,
            call ->
                forSuperAdmins(call, "list accounts", () -> AccountList.of(store, call.query()))),
        ApiOperation.of("PUT", ALL, Scope.ADMIN, this::create),
        ApiOperation.of("GET", ONE, Scope.READ, this::get),
        ApiOperation.of("PUT", ONE, Scope.ADMIN, this::create),
        ApiOperation.of(
            "POST",
            ONE,
            Scope.ADMIN,
            call -> change(call, data -> before -> AccountBody.replacing(before, data))),
        ApiOperation.of(
            "PATCH",
            ONE,
            Scope.ADMIN,
            call -> change(call, data -> before -> AccountBody.merged(before, data))),
        ApiOperation.of(REMOVING, ONE, Scope.ADMIN, this::remove));
  }

  /**
   * Returns whether an operation removes its account, so that nothing can be kept for the account
   * afterwards.
   *
   * @param operation an operation
   * @return whether it does
   */
  public static boolean removes(ApiOperation operation) {
    return operation.verb().equals(REMOVING) && operation.path().equals(ONE);
  }

  private Answer remove(ApiCall call) {
    return forSuperAdmins(
        call,
        "remove accounts",
        () ->
            switch (removal.remove(call.account(), ExpectedRevision.of(call))) {
              case AccountRemoval.Result.Removed(ObjectNode body) ->
                  answer(new EditableAccounts.Result.Written(), 200, call, call.account(), body);
              case AccountRemoval.Result.InUse(String by) ->
                  Answer.refused(
                      FailureCode.CONFLICT, "the account cannot be removed while it has " + by);
              case AccountRemoval.Result.Missing() -> Answer.notFound(call.account().value());
              case AccountRemoval.Result.Changed() -> changed();
            });
  }

  private interface Task {
    Answer answer();
  }

  private static Answer forSuperAdmins(ApiCall call, String what, Task task) {
    return isSuperAdmin(call)
        ? task.answer()
        : Answer.refused(
            FailureCode.FORBIDDEN, "only a token for all accounts may be used to " + what);
  }

  private static boolean isSuperAdmin(ApiCall call) {
    return call.client().access() instanceof Access.SuperAdmin;
  }

  private Answer get(ApiCall call) {
    return store
        .accountBody(call.account())
        .map(body -> answer(new EditableAccounts.Result.Written(), 200, call, call.account(), body))
        .orElseGet(() -> Answer.notFound(call.account().value()));
  }

  private Answer create(ApiCall call) {
    return forSuperAdmins(call, "create accounts", () -> call.withData(data -> create(call, data)));
  }

  private Answer create(ApiCall call, ObjectNode data) {
    AccountId id = new AccountId(newId());
    ObjectNode body = AccountBody.withoutPrivate(data);
    return refusal(body)
        .orElseGet(() -> answer(store.createAccount(id, body), 201, call, id, body));
  }

  private interface Change {
    UnaryOperator<ObjectNode> of(ObjectNode data);
  }

  private Answer change(ApiCall call, Change change) {
    return call.withData(data -> attempt(call, change.of(data)));
  }

  private Answer attempt(ApiCall call, UnaryOperator<ObjectNode> change) {
    AccountId id = call.account();
    Optional<Revision> expected = ExpectedRevision.of(call);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<ObjectNode> before = store.accountBody(id);
      if (before.isEmpty()) {
        return Answer.notFound(id.value());
      }
      if (expected.isPresent() && !expected.get().equals(AccountBody.revision(before.get()))) {
        return changed();
      }
      ObjectNode body = change.apply(before.get());
      Optional<Answer> refusal = refusal(body).or(() -> refusal(call, before.orElseThrow(), body));
      if (refusal.isPresent()) {
        return refusal.get();
      }
      EditableAccounts.Result result = store.replaceAccount(id, before.get(), body);
      if (!(result instanceof EditableAccounts.Result.Changed)) {
        return answer(result, 200, call, id, body);
      }
    }
    return changed();
  }

  private static Optional<Answer> refusal(ApiCall call, ObjectNode before, ObjectNode body) {
    return isSuperAdmin(call)
        ? Optional.empty()
        : AccountBody.OF_SUPER_ADMINS.stream()
            .filter(key -> !before.path(key).equals(body.path(key)))
            .findFirst()
            .map(key ->
                Answer.refused(
                    FailureCode.FORBIDDEN,
                    "only a token for all accounts may be used to change " + key));
  }

  private Optional<Answer> refusal(ObjectNode body) {
    Optional<WriteResult.QuotaExceeded> tooLarge = store.quotaExceededBy(body);
    if (tooLarge.isPresent()) {
      return Optional.of(Answer.refused(FailureCode.TOO_LARGE, tooLarge.get().message()));
    }
    List<Violation> violations = new ArrayList<>(AccountSchema.violations(body));
    if (!body.has("name")) {
      violations.add(Violation.missing("", "name"));
    }
    return violations.isEmpty() ? Optional.empty() : Optional.of(Violations.of(violations, body));
  }

  private static Answer answer(
      EditableAccounts.Result result, int status, ApiCall call, AccountId id, ObjectNode body) {
    // The revision contains a hash of the whole document, by which what is left out could be
    // guessed.
    boolean whole = call.client().access().allows(Scope.DOCUMENTS);
    return switch (result) {
      case EditableAccounts.Result.Written() ->
          new Answer.Done(
              status,
              AccountBody.shown(id, body, whole),
              whole ? Optional.of(AccountBody.revision(body).toString()) : Optional.empty(),
              Map.of());
      case EditableAccounts.Result.RealmTaken(String realm) ->
          Violations.of("realm", "unique", "another account has the realm " + realm);
      case EditableAccounts.Result.Missing() -> Answer.notFound(id.value());
      case EditableAccounts.Result.Exists exists -> changed();
      case EditableAccounts.Result.Changed changed -> changed();
    };
  }

  private static Answer changed() {
    return Answer.refused(
        FailureCode.CONFLICT, "the account was changed by another request in the meantime");
  }

  private static String newId() {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
