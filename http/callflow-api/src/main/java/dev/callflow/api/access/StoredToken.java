package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token that is kept in a store of records, of which only the hash is known.
 *
 * @param account the account that the token gives access to; empty for all accounts
 * @param hash the SHA-256 hash, 64 hexadecimal digits
 * @param made how the token was made
 * @param scopes what the token may be used for
 * @param expires when it expires; empty for never
 * @param lastUsed when it was last used, to the minute; empty if it has not been used
 */
public record StoredToken(
    Optional<AccountId> account,
    String hash,
    Made made,
    Set<Scope> scopes,
    Optional<Instant> expires,
    Optional<Instant> lastUsed) {

  /**
   * How a token was made.
   *
   * @param name the name that its maker has given it
   * @param by the id of the token by which it was made, or a word such as {@code login}
   * @param at when it was made
   * @param user the id of the user who has logged in; empty if it was not made by a login
   */
  public record Made(String name, String by, Instant at, Optional<String> user) {}

  /** Copies the set. */
  public StoredToken {
    scopes = Set.copyOf(scopes);
  }

  /**
   * Returns the id, by which the token may be named in logs and replies.
   *
   * @return the first 12 hexadecimal digits of the hash
   */
  public String id() {
    return HashedTokens.idOfHash(hash);
  }

  /** Returns the access that the token gives. */
  Access access() {
    return account
        .<Access>map(owner -> new Access.OfAccount(owner, scopes))
        .orElseGet(() -> new Access.SuperAdmin(scopes));
  }

  boolean isExpired(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }

  /**
   * Describes the token for its owner.
   *
   * @return its id, name, scopes and times, but not its hash
   */
  public ObjectNode describe() {
    ObjectNode shown = Json.object().put("id", id());
    shown.setAll(body());
    return shown;
  }

  private ObjectNode body() {
    ObjectNode body = Json.object().put("name", made.name);
    body.set("scopes", Scope.write(scopes));
    body.put("created", made.at.toString());
    expires.ifPresent(end -> body.put("expires", end.toString()));
    lastUsed.ifPresent(at -> body.put("last_used", at.toString()));
    body.put("made_by", made.by);
    made.user.ifPresent(user -> body.put("user_id", user));
    return body;
  }

  AccountRecord record() {
    return new AccountRecord(account, RecordKind.TOKEN, hash, id(), made.at, body());
  }

  static StoredToken of(AccountRecord record) {
    ObjectNode body = record.body();
    return new StoredToken(
        record.account(),
        record.id(),
        new Made(
            Json.text(body, "name").orElse(""),
            Json.text(body, "made_by").orElse(""),
            record.at(),
            Json.text(body, "user_id")),
        Scope.read(body.path("scopes")).orElse(Set.of()),
        Json.text(body, "expires").flatMap(Expiry::read),
        Json.text(body, "last_used").flatMap(Expiry::read));
  }

  /** Omits the hash. */
  @Override
  public String toString() {
    return "token " + id();
  }
}
