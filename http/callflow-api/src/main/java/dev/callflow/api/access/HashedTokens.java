package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Recognises tokens by their SHA-256 hashes, so that the configuration reveals no token.
 *
 * <p>Immutable. Checking takes the same time for every token that is not listed.
 */
public final class HashedTokens implements Authenticator {

  private static final int TOKEN_BYTES = 32;

  private static final int ID_DIGITS = 12;

  private record Known(byte[] hash, Access access, Optional<Instant> expires) {}

  private final List<Known> tokens;
  private final TimeSource time;

  private HashedTokens(List<Known> tokens, TimeSource time) {
    this.tokens = List.copyOf(tokens);
    this.time = time;
  }

  /**
   * Reads token entries from a configuration such as
   *
   * <pre>{@code
   * [{"sha256": "9f86d081…", "account": "acme", "scopes": ["read"],
   *   "expires": "2027-01-01T00:00:00Z"},
   *  {"sha256": "60303ae2…", "super_admin": true}]
   * }</pre>
   *
   * <p>Without {@code scopes}, a token has all scopes. Without {@code expires}, it is valid until
   * it is removed from the list.
   *
   * @param configuration the list of entries
   * @return the tokens
   * @throws IllegalArgumentException if an entry has no hash of 64 hexadecimal digits, does not
   *     have exactly one of {@code account} and {@code super_admin}, or has an unknown scope or an
   *     invalid time; the message gives the index of the entry but neither its hash nor its account
   */
  public static HashedTokens of(JsonNode configuration) {
    return of(configuration, TimeSource.system());
  }

  /**
   * Reads token entries as {@link #of(JsonNode)} does, whose times of expiry are those of a time
   * source.
   *
   * @param configuration the list of entries
   * @param time the time source
   * @return the tokens
   * @throws IllegalArgumentException as for {@link #of(JsonNode)}
   */
  public static HashedTokens of(JsonNode configuration, TimeSource time) {
    if (!configuration.isArray()) {
      throw new IllegalArgumentException("the tokens must be a list");
    }
    List<Known> known = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : configuration.values()) {
      known.add(known(entry, "entry " + index));
      index++;
    }
    return new HashedTokens(known, time);
  }

  private static Known known(JsonNode entry, String name) {
    String hash = Json.text(entry, "sha256").orElse("");
    if (!hash.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(name + ": \"sha256\" must be 64 hexadecimal digits");
    }
    boolean all = Json.bool(entry, "super_admin").orElse(false);
    Optional<AccountId> account = Json.text(entry, "account").map(AccountId::new);
    if (all == account.isPresent()) {
      throw new IllegalArgumentException(
          name + " must have either \"account\" or \"super_admin\": true, but not both");
    }
    Set<Scope> scopes = entry.has("scopes") ? scopes(entry, name) : Scope.ALL;
    return new Known(
        HexFormat.of().parseHex(hash),
        account
            .<Access>map(it -> new Access.OfAccount(it, scopes))
            .orElseGet(() -> new Access.SuperAdmin(scopes)),
        entry.has("expires") ? Optional.of(expires(entry, name)) : Optional.empty());
  }

  private static Set<Scope> scopes(JsonNode entry, String name) {
    return Scope.read(entry.path("scopes"))
        .orElseThrow(() ->
            new IllegalArgumentException(
                name + ": \"scopes\" must be a list of one or more of " + Scope.KEYS));
  }

  private static Instant expires(JsonNode entry, String name) {
    return Json.text(entry, "expires")
        .flatMap(Expiry::read)
        .orElseThrow(
            () -> new IllegalArgumentException(name + ": \"expires\" must be " + Expiry.FORMAT));
  }

  /**
   * Generates a random token of 256 bits.
   *
   * @return 64 hexadecimal digits
   */
  public static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Hashes a token for use in a configuration.
   *
   * @param token the token
   * @return 64 hexadecimal digits
   */
  public static String hash(String token) {
    return HexFormat.of().formatHex(sha256(token));
  }

  /**
   * Returns the id of a token, by which it may be named in logs and replies.
   *
   * @param token the token
   * @return the first 12 hexadecimal digits of its hash
   */
  public static String id(String token) {
    return idOfHash(hash(token));
  }

  static String idOfHash(String hash) {
    return hash.substring(0, ID_DIGITS);
  }

  @Override
  public Optional<Access> authenticate(String token) {
    byte[] hash = sha256(token);
    Instant now = time.now();
    Optional<Access> access = Optional.empty();
    // Compare with all tokens, so that the time taken does not reveal which one matched.
    for (Known known : tokens) {
      if (MessageDigest.isEqual(known.hash, hash)) {
        access =
            known.expires.filter(end -> !now.isBefore(end)).isPresent()
                ? Optional.empty()
                : Optional.of(known.access);
      }
    }
    return access;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  @Override
  public String toString() {
    return tokens.size() + " tokens";
  }
}
