package dev.callflow.core.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.document.StoreUnavailableException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the limits of accounts from their configuration, and keeps the result until the
 * configuration changes. Safe for use by any thread.
 */
final class ConfiguredLimits {

  private static final int MAX_ACCOUNTS = 10_000;

  private record Read(ObjectNode account, ObjectNode system, AccountLimits limits) {}

  private final DocumentStore store;
  private final AccountLimits standard;
  private final Cache<AccountId, Read> known =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(MAX_ACCOUNTS).build();

  ConfiguredLimits(DocumentStore store, AccountLimits standard) {
    this.store = store;
    this.standard = standard;
  }

  /**
   * Returns the limits of an account; those of the host if there is no such account.
   *
   * @throws StoreUnavailableException if the store cannot answer
   */
  AccountLimits of(AccountId id) {
    Optional<Account> account = store.account(id);
    return account.map(this::of).orElse(standard);
  }

  private AccountLimits of(Account account) {
    ObjectNode system = store.systemConfig();
    Read before = known.getIfPresent(account.id());
    if (before != null && before.account.equals(account.config()) && before.system.equals(system)) {
      return before.limits;
    }
    AccountLimits limits =
        standard.overriddenBy(new LayeredSettings(section(account.config()), section(system)));
    known.put(account.id(), new Read(account.config(), system, limits));
    return limits;
  }

  private static ObjectNode section(ObjectNode config) {
    return Json.object(config, "limits").orElseGet(Json::object);
  }
}
