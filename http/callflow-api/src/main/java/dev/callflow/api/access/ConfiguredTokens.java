package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.listen.Listeners;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Accepts the tokens listed under {@code api.tokens} in the system configuration, in the format of
 * {@link HashedTokens}. A change takes effect as soon as the store returns it.
 *
 * <p>If the list is invalid, an error is logged and the previous list stays in effect.
 */
public final class ConfiguredTokens implements Authenticator {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTokens.class);

  private record Read(JsonNode from, HashedTokens tokens) {}

  private final DocumentStore store;
  private final Listeners<HashedTokens> listeners = new Listeners<>("changes to tokens");
  private final TimeSource time;
  private volatile Read read;

  /**
   * Creates the authenticator.
   *
   * @param store the store that holds the system configuration
   */
  public ConfiguredTokens(DocumentStore store) {
    this(store, TimeSource.system());
  }

  /**
   * Creates the authenticator with a time source.
   *
   * @param store the store that holds the system configuration
   * @param time the time source, by which tokens expire
   */
  public ConfiguredTokens(DocumentStore store, TimeSource time) {
    this.store = store;
    this.time = time;
    ArrayNode none = Json.object().arrayNode();
    read = new Read(none, HashedTokens.of(none, time));
  }

  @Override
  public Optional<Access> authenticate(String token) {
    JsonNode now = store.systemConfig().path("api").path("tokens");
    Read last = read;
    if (!now.equals(last.from)) {
      last = new Read(now, read(now, last.tokens));
      read = last;
      listeners.call(last.tokens);
    }
    return last.tokens.authenticate(token);
  }

  @Override
  public Subscription onChange(Runnable listener) {
    return listeners.add(tokens -> listener.run());
  }

  private HashedTokens read(JsonNode tokens, HashedTokens before) {
    if (tokens.isMissingNode()) {
      return HashedTokens.of(Json.object().arrayNode(), time);
    }
    try {
      return HashedTokens.of(tokens, time);
    } catch (IllegalArgumentException e) {
      LOG.error("api.tokens is invalid; keeping the previous tokens: {}", e.getMessage());
      return before;
    }
  }

  /**
   * Creates the configuration entry for a new token.
   *
   * @param token the token
   * @param account the account that the token gives access to; empty for all accounts
   * @return the entry to add to {@code api.tokens}
   */
  public static ObjectNode entry(String token, Optional<AccountId> account) {
    return entry(token, account, Scope.ALL, Optional.empty());
  }

  /**
   * Creates the configuration entry for a new token with limits.
   *
   * @param token the token
   * @param account the account that the token gives access to; empty for all accounts
   * @param scopes what the token may be used for
   * @param expires when the token expires; empty for never
   * @return the entry to add to {@code api.tokens}
   */
  public static ObjectNode entry(
      String token, Optional<AccountId> account, Set<Scope> scopes, Optional<Instant> expires) {
    ObjectNode entry = Json.object().put("sha256", HashedTokens.hash(token));
    account.ifPresentOrElse(
        it -> entry.put("account", it.value()), () -> entry.put("super_admin", true));
    if (!scopes.equals(Scope.ALL)) {
      entry.set("scopes", Scope.write(scopes));
    }
    expires.ifPresent(end -> entry.put("expires", end.toString()));
    return entry;
  }
}
