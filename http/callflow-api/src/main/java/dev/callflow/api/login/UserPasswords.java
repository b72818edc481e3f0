package dev.callflow.api.login;

import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.Violations;
import dev.callflow.api.credential.Credentials;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Envelope;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the password out of the data of a user before the document is stored, and keeps what logins
 * are checked with. A user who is changed or removed is logged out.
 */
public final class UserPasswords {

  private static final String USERS = "/v2/accounts/{account}/" + DocumentType.USER.collection();
  private static final String PASSWORD = "password";
  private static final String USERNAME = "username";
  private static final int MIN_LENGTH = 8;
  private static final int MAX_LENGTH = 256;

  private final DocumentStore store;
  private final Credentials credentials;
  private final StoredTokens tokens;

  /**
   * Creates the handler.
   *
   * @param store the store of the users
   * @param credentials keeps what logins are checked with
   * @param tokens the store of the tokens of logins
   */
  public UserPasswords(DocumentStore store, Credentials credentials, StoredTokens tokens) {
    this.store = store;
    this.credentials = credentials;
    this.tokens = tokens;
  }

  /**
   * Puts the handling of passwords around an operation that changes users.
   *
   * @param operation an operation
   * @return the changed operation; the same one if it does not change users
   */
  public ApiOperation around(ApiOperation operation) {
    if (!operation.path().startsWith(USERS) || operation.verb().equals("GET")) {
      return operation;
    }
    ApiOperation.Handler inner = operation.handler();
    return operation.answeredBy(
        operation.verb().equals("DELETE")
            ? call -> removed(call, inner.answer(call))
            : call -> changed(call, operation.verb(), inner));
  }

  private Answer removed(ApiCall call, Answer answer) {
    if (answer instanceof Answer.Done) {
      credentials.removePassword(call.account(), call.value("id"));
      tokens.revokeLogins(call.account(), call.value("id"));
    }
    return answer;
  }

  private Answer changed(ApiCall call, String verb, ApiOperation.Handler inner) {
    ObjectNode data = call.envelope().data().deepCopy();
    JsonNode password = data.remove(PASSWORD);
    ObjectNode before =
        Optional.ofNullable(call.values().get("id"))
            .flatMap(id -> store.find(call.account(), DocumentType.USER, id))
            .map(document -> document.body())
            .orElseGet(Json::object);
    ObjectNode after = data;
    if (verb.equals("PATCH")) {
      after = before.deepCopy();
      after.setAll(data);
    }
    Optional<Answer> refusal = refusal(call, Optional.ofNullable(password), before, after);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Answer answer = inner.answer(withoutPassword(call, data));
    if (!(answer instanceof Answer.Done done)) {
      return answer;
    }
    String user = done.data().path("id").asString();
    if (UserPrivileges.differ(before, (ObjectNode) done.data()) || password != null) {
      tokens.revokeLogins(call.account(), user);
    }
    if (password != null
        && !credentials.setPassword(
            call.account(), user, Json.text(after, USERNAME).orElseThrow(), password.asString())) {
      return Answer.refused(
          FailureCode.TOO_MANY_REQUESTS,
          "the user was stored without the password, because too many logins wait; retry");
    }
    return answer;
  }

  private static ApiCall withoutPassword(ApiCall call, ObjectNode data) {
    ObjectNode top = call.envelope().top().deepCopy();
    if (call.envelope().hasData() && top.get("data") instanceof ObjectNode) {
      top.set("data", data);
    }
    return new ApiCall(
        call.request(), call.login(), new Envelope(top), call.upload(), call.values());
  }

  private Optional<Answer> refusal(
      ApiCall call, Optional<JsonNode> password, ObjectNode before, ObjectNode after) {
    boolean becomesAdmin = UserPrivileges.isAdmin(after) && !UserPrivileges.isAdmin(before);
    if ((password.isPresent() || becomesAdmin) && !call.client().access().allows(Scope.ADMIN)) {
      return Optional.of(
          Answer.refused(
              FailureCode.FORBIDDEN,
              "to set a password or make a user an administrator, the token needs the scope"
                  + " \"admin\""));
    }
    if (password.isEmpty()) {
      return changesName(call, before, after)
          ? Optional.of(
              Violations.of(
                  PASSWORD,
                  "required",
                  "must be set again when the username changes, because it is checked together with"
                      + " it"))
          : Optional.empty();
    }
    if (!isPassword(password.get())) {
      return Optional.of(
          Violations.of(
              PASSWORD,
              "invalid",
              "must be a string of " + MIN_LENGTH + " to " + MAX_LENGTH + " characters"));
    }
    return Json.text(after, USERNAME).filter(name -> name.indexOf(':') < 0).isEmpty()
        ? Optional.of(
            Violations.of(
                USERNAME,
                after.has(USERNAME) ? "invalid" : "required",
                "a user with a password must have a username, without a colon"))
        : Optional.empty();
  }

  private boolean changesName(ApiCall call, ObjectNode before, ObjectNode after) {
    return before.has(USERNAME)
        && !before.get(USERNAME).equals(after.get(USERNAME))
        && credentials.hasPassword(call.account(), call.value("id"));
  }

  private static boolean isPassword(JsonNode value) {
    return value.isString()
        && value.asString().length() >= MIN_LENGTH
        && value.asString().length() <= MAX_LENGTH;
  }
}
