package dev.callflow.api.login;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds accounts by their names, as Kazoo compares them: without regard to case, spaces and
 * punctuation. The names are read at most once a minute, so that strangers cannot make the store
 * read all accounts again and again. A name that two accounts have finds none.
 */
final class AccountNames {

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int MAX_ACCOUNTS = 10_000;

  private final EditableStore store;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<String, AccountId> byName = Map.of();
  private Instant nextRead = Instant.MIN;

  AccountNames(EditableStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  Optional<AccountId> find(String name) {
    lock.lock();
    try {
      Instant now = time.now();
      if (!now.isBefore(nextRead)) {
        byName = read();
        nextRead = now.plus(INTERVAL);
      }
      return Optional.ofNullable(byName.get(simplified(name)));
    } finally {
      lock.unlock();
    }
  }

  private Map<String, AccountId> read() {
    Map<String, AccountId> found = new HashMap<>();
    Set<String> shared = new HashSet<>();
    store.accounts().stream()
        .limit(MAX_ACCOUNTS)
        .forEach(account ->
            store
                .accountBody(account)
                .flatMap(body -> Json.text(body, "name"))
                .map(AccountNames::simplified)
                .filter(name -> found.put(name, account) != null)
                .ifPresent(shared::add));
    found.keySet().removeAll(shared);
    return found;
  }

  private static String simplified(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
