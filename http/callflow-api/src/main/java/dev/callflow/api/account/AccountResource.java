package dev.callflow.api.account;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.conference.schema.AccountSchema;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Violation;
import dev.callflow.core.document.WriteResult;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Lists, returns, creates and changes accounts (docs/spec/api.md#accounts). */
public final class AccountResource {

  private static final String ALL = "/v2/accounts";
  private static final String ONE = "/v2/accounts/{account}";

  /** The maximum number of attempts at a change; one fails if another is stored first. */
  private static final int MAX_ATTEMPTS = 10;

  private final EditableStore store;

  /**
   * Creates the resource.
   *
   * @param store the store that holds the accounts
   */
  public AccountResource(EditableStore store) {
    this.store = store;
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
            call -> change(call, data -> before -> AccountBody.merged(before, data))));
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
        .map(body -> Answer.ok(shown(call, call.account(), body)))
        .orElseGet(() -> Answer.notFound(call.account().value()));
  }

  private static ObjectNode shown(ApiCall call, AccountId id, ObjectNode body) {
    return AccountBody.shown(id, body, call.client().access().allows(Scope.DOCUMENTS));
  }

  private Answer create(ApiCall call) {
    return forSuperAdmins(call, "create accounts", () -> call.withData(data -> create(call, data)));
  }

  private Answer create(ApiCall call, ObjectNode data) {
    AccountId id = new AccountId(newId());
    ObjectNode body = AccountBody.withoutPrivate(data);
    return refusal(body)
        .orElseGet(() -> answer(store.createAccount(id, body), 201, shown(call, id, body)));
  }

  private interface Change {
    UnaryOperator<ObjectNode> of(ObjectNode data);
  }

  private Answer change(ApiCall call, Change change) {
    return call.withData(data -> attempt(call, change.of(data)));
  }

  private Answer attempt(ApiCall call, UnaryOperator<ObjectNode> change) {
    AccountId id = call.account();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<ObjectNode> before = store.accountBody(id);
      if (before.isEmpty()) {
        return Answer.notFound(id.value());
      }
      ObjectNode body = change.apply(before.get());
      Optional<Answer> refusal = refusal(body).or(() -> refusal(call, before.orElseThrow(), body));
      if (refusal.isPresent()) {
        return refusal.get();
      }
      EditableAccounts.Result result = store.replaceAccount(id, before.get(), body);
      if (!(result instanceof EditableAccounts.Result.Changed)) {
        return answer(result, 200, shown(call, id, body));
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

  private static Answer answer(EditableAccounts.Result result, int status, ObjectNode shown) {
    return switch (result) {
      case EditableAccounts.Result.Written() ->
          new Answer.Done(status, shown, Optional.empty(), Map.of());
      case EditableAccounts.Result.RealmTaken(String realm) ->
          Violations.of("realm", "unique", "another account has the realm " + realm);
      case EditableAccounts.Result.Missing() -> Answer.notFound(shown.path("id").asString());
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
