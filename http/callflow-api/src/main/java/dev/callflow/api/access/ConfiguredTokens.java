package dev.callflow.api.access;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.listen.Listeners;
import dev.callflow.core.listen.Subscription;
import java.util.Optional;
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
  private volatile Read read;

  /**
   * Creates the authenticator.
   *
   * @param store the store that holds the system configuration
   */
  public ConfiguredTokens(DocumentStore store) {
    this.store = store;
    ArrayNode none = Json.object().arrayNode();
    read = new Read(none, HashedTokens.of(none));
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

  private static HashedTokens read(JsonNode tokens, HashedTokens before) {
    if (tokens.isMissingNode()) {
      return HashedTokens.of(Json.object().arrayNode());
    }
    try {
      return HashedTokens.of(tokens);
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
    ObjectNode entry = Json.object().put("sha256", HashedTokens.hash(token));
    account.ifPresentOrElse(
        it -> entry.put("account", it.value()), () -> entry.put("super_admin", true));
    return entry;
  }
}
