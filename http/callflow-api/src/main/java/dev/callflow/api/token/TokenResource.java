package dev.callflow.api.token;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredToken;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, creates and revokes tokens (docs/spec/api.md#tokens). */
public final class TokenResource {

  private static final String ONE = "/{token}";

  private final StoredTokens tokens;
  private final TimeSource time;

  /**
   * Creates the resource.
   *
   * @param tokens the tokens
   * @param time the time source
   */
  public TokenResource(StoredTokens tokens, TimeSource time) {
    this.tokens = tokens;
    this.time = time;
  }

  /**
   * Returns the operations: those for the tokens of an account, and those for the tokens that give
   * access to all accounts.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return Stream.concat(
            operations("/v2/accounts/{account}/tokens", call -> Optional.of(call.account())),
            operations("/v2/tokens", call -> Optional.empty()))
        .toList();
  }

  private Stream<ApiOperation> operations(
      String path, Function<ApiCall, Optional<AccountId>> account) {
    return Stream.of(
            ApiOperation.of("GET", path, Scope.ADMIN, owned(account, (call, owner) -> list(owner))),
            ApiOperation.of("PUT", path, Scope.ADMIN, owned(account, this::create)),
            ApiOperation.of(
                "GET",
                path + ONE,
                Scope.ADMIN,
                owned(
                    account,
                    (call, owner) -> shown(call, tokens.find(owner, call.value("token"))))),
            ApiOperation.of(
                "DELETE",
                path + ONE,
                Scope.ADMIN,
                owned(
                    account,
                    (call, owner) -> shown(call, tokens.revoke(owner, call.value("token"))))))
        .map(operation -> operation.taking(Parameters.OWN));
  }

  /** Answers a request for the tokens of an account, or of all accounts. */
  private interface OwnedHandler {
    Answer answer(ApiCall call, Optional<AccountId> owner);
  }

  private static ApiOperation.Handler owned(
      Function<ApiCall, Optional<AccountId>> account, OwnedHandler handler) {
    return call -> {
      Optional<AccountId> owner = account.apply(call);
      return switch (call.client().access()) {
        case Access.OfAccount one when owner.isEmpty() ->
            Answer.refused(FailureCode.FORBIDDEN, "the token does not give access to all accounts");
        case Access.OfAccount one -> handler.answer(call, owner);
        case Access.SuperAdmin all -> handler.answer(call, owner);
      };
    };
  }

  private Answer list(Optional<AccountId> owner) {
    ArrayNode rows = Json.object().arrayNode();
    tokens.list(owner).forEach(token -> rows.add(token.describe()));
    return Answer.ok(rows);
  }

  private Answer create(ApiCall call, Optional<AccountId> owner) {
    return call.withData(data ->
        switch (NewToken.read(data, time.now())) {
          case NewToken.Read.Bad(Answer refusal) -> refusal;
          case NewToken.Read.Good(NewToken wanted) -> create(call.client(), owner, wanted);
        });
  }

  private Answer create(Login maker, Optional<AccountId> owner, NewToken wanted) {
    Set<Scope> beyond = EnumSet.copyOf(wanted.scopes());
    beyond.removeAll(maker.access().scopes());
    if (!beyond.isEmpty()) {
      return Answer.refused(
          FailureCode.FORBIDDEN,
          "the token cannot give a scope that it does not have itself: " + Scope.write(beyond));
    }
    return tokens
        .create(
            owner,
            new StoredToken.Made(wanted.name(), maker.tokenId(), time.now(), Optional.empty()),
            wanted.scopes(),
            wanted.expires())
        .map(TokenResource::created)
        .orElseGet(() ->
            Answer.refused(
                FailureCode.QUOTA_EXCEEDED,
                "the account has " + StoredTokens.MAX_TOKENS + " tokens, which is the limit"));
  }

  private static Answer created(StoredTokens.Created created) {
    ObjectNode shown = created.token().describe().put("token", created.secret());
    return new Answer.Done(201, shown, Optional.empty(), Map.of());
  }

  private static Answer shown(ApiCall call, Optional<StoredToken> token) {
    return token
        .<Answer>map(it -> Answer.ok(it.describe()))
        .orElseGet(() -> Answer.notFound(call.value("token")));
  }
}
