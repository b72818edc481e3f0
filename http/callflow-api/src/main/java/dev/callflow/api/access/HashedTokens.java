package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Recognises tokens by their SHA-256 hashes, so that the configuration reveals no token.
 *
 * <p>Immutable. Checking takes the same time for every token.
 */
public final class HashedTokens implements Authenticator {

  private static final int TOKEN_BYTES = 32;

  private record Known(byte[] hash, Access access) {}

  private final List<Known> tokens;

  private HashedTokens(List<Known> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /**
   * Reads token entries from a configuration such as
   *
   * <pre>{@code
   * [{"sha256": "9f86d081…", "account": "acme"}, {"sha256": "60303ae2…", "super_admin": true}]
   * }</pre>
   *
   * @param configuration the list of entries
   * @return the tokens
   * @throws IllegalArgumentException if an entry has no hash of 64 hexadecimal digits, or does not
   *     have exactly one of {@code account} and {@code super_admin}; the message gives the index of
   *     the entry but none of its values
   */
  public static HashedTokens of(JsonNode configuration) {
    if (!configuration.isArray()) {
      throw new IllegalArgumentException("the tokens must be a list");
    }
    List<Known> known = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : configuration.values()) {
      known.add(known(entry, "entry " + index));
      index++;
    }
    return new HashedTokens(known);
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
    return new Known(
        HexFormat.of().parseHex(hash),
        account.<Access>map(Access.OfAccount::new).orElseGet(Access.SuperAdmin::new));
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

  @Override
  public Optional<Access> authenticate(String token) {
    byte[] hash = sha256(token);
    Optional<Access> access = Optional.empty();
    // Compare with all tokens, so that the time taken does not reveal which one matched.
    for (Known known : tokens) {
      if (MessageDigest.isEqual(known.hash, hash)) {
        access = Optional.of(known.access);
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
