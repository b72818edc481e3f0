package dev.callflow.api.token;

import dev.callflow.api.access.Expiry;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.Violations;
import dev.callflow.core.document.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks for when it creates a token.
 *
 * @param name the name
 * @param scopes the scopes
 * @param expires when the token expires; empty for never
 */
record NewToken(String name, Set<Scope> scopes, Optional<Instant> expires) {

  private static final int MAX_NAME = 128;
  private static final Set<String> KEYS = Set.of("name", "scopes", "expires");

  /** The result of reading a request. */
  sealed interface Read {

    /** The request is valid. */
    record Good(NewToken token) implements Read {}

    /** The request is not valid. */
    record Bad(Answer refusal) implements Read {}
  }

  static Read read(ObjectNode data, Instant now) {
    Optional<String> unknown =
        data.propertyNames().stream().filter(key -> !KEYS.contains(key)).findFirst();
    if (unknown.isPresent()) {
      return bad(
          unknown.get(),
          "additionalProperties",
          "unknown key; the keys are \"name\", \"scopes\" and \"expires\"");
    }
    Optional<String> name = Json.text(data, "name").filter(NewToken::isName);
    if (name.isEmpty()) {
      return bad(
          "name",
          data.has("name") ? "invalid" : "required",
          "must be 1 to " + MAX_NAME + " characters without control characters");
    }
    Optional<Set<Scope>> scopes = Scope.read(data.path("scopes"));
    if (scopes.isEmpty()) {
      return bad(
          "scopes",
          data.has("scopes") ? "enum" : "required",
          "must be a list of one or more of \"read\", \"control\", \"documents\" and \"admin\"");
    }
    if (!data.has("expires")) {
      return new Read.Good(new NewToken(name.get(), scopes.get(), Optional.empty()));
    }
    Optional<Instant> expires = Json.text(data, "expires").flatMap(Expiry::read);
    return expires.filter(now::isBefore).isEmpty()
        ? bad("expires", "invalid", "must be " + Expiry.FORMAT + " in the future")
        : new Read.Good(new NewToken(name.get(), scopes.get(), expires));
  }

  private static boolean isName(String text) {
    return text.codePointCount(0, text.length()) <= MAX_NAME
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static Read bad(String path, String rule, String message) {
    return new Read.Bad(Violations.of(path, rule, message));
  }
}
