package dev.callflow.api.login;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredToken;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.credential.Credentials;
import dev.callflow.api.credential.Digest;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Logs users and programs in and out (docs/spec/api.md#logins). */
public final class LoginResource {

  private static final Duration LIFETIME = Duration.ofHours(12);

  /** The maker of the tokens of logins, and the user of those by API key. */
  private static final String LOGIN = "login";

  private static final String API_KEY = "api_key";

  private static final Set<Scope> SCOPES_OF_USER = EnumSet.of(Scope.READ, Scope.CONTROL);

  private final EditableStore store;
  private final Credentials credentials;
  private final StoredTokens tokens;
  private final TimeSource time;
  private final ImportedApiKeys importedKeys;
  private final AccountOfLogin accounts;
  private final LoginLimit limit;

  /**
   * Creates the resource.
   *
   * @param store the store of the users
   * @param credentials what users and programs are checked with
   * @param tokens the store of the tokens of logins
   * @param time the time source
   */
  public LoginResource(
      EditableStore store, Credentials credentials, StoredTokens tokens, TimeSource time) {
    this.store = store;
    this.credentials = credentials;
    this.tokens = tokens;
    this.time = time;
    importedKeys = new ImportedApiKeys(store, credentials);
    accounts = new AccountOfLogin(store, time);
    limit = new LoginLimit(time);
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    String apiKey = "/v2/accounts/{account}/api_key";
    return Stream.of(
            ApiOperation.open(
                "PUT", "/v2/user_auth", call -> call.withData(data -> user(call, data))),
            ApiOperation.open(
                "PUT", "/v2/api_auth", call -> call.withData(data -> apiKey(call, data))),
            ApiOperation.of("GET", "/v2/token_auth", Scope.READ, call -> own(call.client())),
            ApiOperation.of("DELETE", "/v2/token_auth", Scope.READ, call -> logOut(call.client())),
            ApiOperation.of("PUT", apiKey, Scope.ADMIN, call -> newApiKey(call.account())),
            ApiOperation.of("DELETE", apiKey, Scope.ADMIN, call -> removeApiKey(call.account())))
        .map(operation -> operation.taking(Parameters.KAZOO))
        .toList();
  }

  private Answer user(ApiCall call, ObjectNode data) {
    Optional<Digest.Method> method =
        data.has("method")
            ? Json.text(data, "method").flatMap(Digest.Method::of)
            : Optional.of(Digest.Method.MD5);
    if (method.isEmpty()) {
      return Violations.of("method", "enum", "must be \"md5\" or \"sha\"");
    }
    Optional<Digest> digest =
        Json.text(data, "credentials").flatMap(it -> Digest.read(method.get(), it));
    if (digest.isEmpty()) {
      return Violations.of(
          "credentials",
          data.has("credentials") ? "pattern" : "required",
          "must be the "
              + (method.get() == Digest.Method.MD5 ? "MD5" : "SHA-1")
              + " hash of \"user:password\" in hexadecimal digits");
    }
    if (!AccountOfLogin.isNamed(data)) {
      return Violations.of(
          "account_name",
          "required",
          "one of \"account_name\", \"account_realm\" and \"phone_number\" is required");
    }
    return user(call, accounts.find(data), digest.get());
  }

  private Answer user(ApiCall call, Optional<AccountId> account, Digest digest) {
    String key = account.map(AccountId::value).orElse("");
    if (!limit.mayTry(key, call.request().client())) {
      return Answer.refused(
          FailureCode.TOO_MANY_REQUESTS, "too many failed logins to this account; retry later");
    }
    return switch (credentials.user(account, digest)) {
      case Credentials.Found.Busy() ->
          Answer.refused(
              FailureCode.TOO_MANY_REQUESTS, "too many logins at once; retry in a few seconds");
      case Credentials.Found.Nobody() -> refused();
      case Credentials.Found.User(String id) ->
          store
              .find(account.orElseThrow(), DocumentType.USER, id)
              .filter(user -> Json.bool(user.body(), "enabled").orElse(true))
              .map(user -> loggedIn(call, account.get(), user))
              .orElseGet(LoginResource::refused);
    };
  }

  private static Answer refused() {
    return Answer.refused(FailureCode.INVALID_CREDENTIALS, "invalid credentials");
  }

  private Answer loggedIn(ApiCall call, AccountId account, Document user) {
    limit.succeeded(account.value(), call.request().client());
    String name = Json.text(user.body(), "username").orElse(user.id());
    return loggedIn(account, name, user.id(), UserPrivileges.isAdmin(user.body()));
  }

  private Answer apiKey(ApiCall call, ObjectNode data) {
    Optional<String> key = Json.text(data, API_KEY);
    return key.isEmpty()
        ? Violations.of(API_KEY, "required", "must be the API key of an account")
        : credentials
            .accountByApiKey(key.get())
            .filter(account -> store.account(account).isPresent())
            .map(account -> loggedIn(account, "API key", API_KEY, true))
            .orElseGet(LoginResource::refused);
  }

  private Answer newApiKey(AccountId account) {
    importedKeys.forget(account);
    ObjectNode data = Json.object().put(API_KEY, credentials.newApiKey(account));
    return new Answer.Done(201, data, Optional.empty(), Map.of());
  }

  private Answer removeApiKey(AccountId account) {
    importedKeys.forget(account);
    return credentials.removeApiKey(account) ? Answer.ok(Json.object()) : Answer.notFound(API_KEY);
  }

  private Answer loggedIn(AccountId account, String name, String user, boolean admin) {
    Instant expires = time.now().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
    return tokens
        .create(
            Optional.of(account),
            new StoredToken.Made(name, LOGIN, time.now(), Optional.of(user)),
            admin ? Scope.ALL : SCOPES_OF_USER,
            Optional.of(expires))
        .map(created -> loggedIn(account, user, created))
        .orElseGet(() ->
            Answer.refused(
                FailureCode.QUOTA_EXCEEDED,
                "the account has " + StoredTokens.MAX_TOKENS + " tokens, which is the limit"));
  }

  private Answer loggedIn(AccountId account, String user, StoredTokens.Created created) {
    ObjectNode data = Json.object();
    data.put("account_id", account.value());
    data.put(
        "account_name",
        store
            .accountBody(account)
            .flatMap(body -> Json.text(body, "name"))
            .orElseGet(account::value));
    if (!user.equals(API_KEY)) {
      data.put("owner_id", user);
    }
    data.put("reseller_id", account.value());
    data.put("is_reseller", false);
    data.put("language", "en-US");
    data.putArray("apps");
    data.set("scopes", Scope.write(created.token().scopes()));
    created.token().expires().ifPresent(end -> data.put("expires", end.toString()));
    return new Answer.Done(
        201, data, Optional.empty(), Map.of("auth_token", StringNode.valueOf(created.secret())));
  }

  private Answer own(Login login) {
    ObjectNode data = Json.object().put("id", login.tokenId());
    if (login.access() instanceof Access.OfAccount owner) {
      data.put("account_id", owner.account().value());
    }
    data.set("scopes", Scope.write(login.access().scopes()));
    return Answer.ok(data);
  }

  private Answer logOut(Login login) {
    Optional<AccountId> account =
        switch (login.access()) {
          case Access.OfAccount owner -> Optional.of(owner.account());
          case Access.SuperAdmin all -> Optional.empty();
        };
    return tokens
        .revoke(account, login.tokenId())
        .<Answer>map(token -> Answer.ok(token.describe()))
        .orElseGet(() ->
            Answer.refused(
                FailureCode.FAULTY_REQUEST,
                "the token is in the configuration and can only be revoked there"));
  }
}
