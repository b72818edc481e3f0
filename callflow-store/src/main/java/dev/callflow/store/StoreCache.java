package dev.callflow.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.StoredDocument;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps everything that has been read, including the fact that something does not exist, until it
 * changes. The cache is enabled only while changes by other processes are received.
 *
 * <p>Each entry belongs to the epoch that was current when its read began. A change starts a new
 * epoch, so a result that was read during the change is stored under the old epoch and never used.
 */
final class StoreCache {

  private static final int MAX_DOCUMENTS = 20_000;
  private static final int MAX_DOCUMENTS_IN_LISTS = 100_000;
  private static final int MAX_EPOCHS = 50_000;
  private static final int MAX_ACCOUNTS = 10_000;

  private record Collection(AccountId account, DocumentType type) {}

  /** The period between two changes; epochs are compared by identity. */
  private static final class Epoch {}

  private record DocumentKey(Epoch epoch, String id) {}

  /** The accounts, which change so rarely that all of them are dropped together. */
  private static final class Directory {
    private final Cache<AccountId, Optional<Account>> accounts = cache(MAX_ACCOUNTS);
    private final Cache<String, Optional<AccountId>> realms = cache(MAX_ACCOUNTS);
    private volatile @Nullable ObjectNode system;
  }

  private final Cache<Collection, Epoch> epochs = cache(MAX_EPOCHS);
  private final Cache<DocumentKey, Optional<StoredDocument>> documents = cache(MAX_DOCUMENTS);
  private final Cache<Epoch, List<StoredDocument>> lists =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MAX_DOCUMENTS_IN_LISTS)
          .weigher((Epoch epoch, List<StoredDocument> list) -> 1 + list.size())
          .build();
  private volatile Directory directory = new Directory();
  private volatile boolean enabled;

  private static <K, V> Cache<K, V> cache(int maxSize) {
    return Caffeine.newBuilder().executor(Runnable::run).maximumSize(maxSize).build();
  }

  /** Clears the cache and uses it from now on. */
  void enable() {
    clear();
    enabled = true;
  }

  /** Reads everything from the database until the cache is enabled again. */
  void disable() {
    enabled = false;
  }

  private void clear() {
    epochs.invalidateAll();
    directory = new Directory();
  }

  void changed(Change change) {
    switch (change) {
      case Change.OfDocuments of -> epochs.invalidate(new Collection(of.account(), of.type()));
      case Change.OfAccount of -> directory = new Directory();
      case Change.OfSystem of -> directory = new Directory();
    }
  }

  Optional<StoredDocument> document(Key key, Supplier<Optional<StoredDocument>> database) {
    DocumentKey documentKey = new DocumentKey(epoch(key.account(), key.type()), key.id());
    return cached(documents, documentKey, database);
  }

  List<StoredDocument> list(
      AccountId account, DocumentType type, Supplier<List<StoredDocument>> database) {
    return cached(lists, epoch(account, type), database);
  }

  private Epoch epoch(AccountId account, DocumentType type) {
    return epochs.get(new Collection(account, type), collection -> new Epoch());
  }

  Optional<Account> account(AccountId id, Supplier<Optional<Account>> database) {
    return cached(directory.accounts, id, database);
  }

  Optional<AccountId> realm(String realm, Supplier<Optional<AccountId>> database) {
    return cached(directory.realms, realm, database);
  }

  ObjectNode system(Supplier<ObjectNode> database) {
    Directory current = directory;
    ObjectNode known = current.system;
    if (enabled && known != null) {
      return known;
    }
    ObjectNode read = database.get();
    current.system = read;
    return read;
  }

  private <K, V> V cached(Cache<K, V> cache, K key, Supplier<V> database) {
    V known = enabled ? cache.getIfPresent(key) : null;
    if (known != null) {
      return known;
    }
    V read = database.get();
    cache.put(key, read);
    return read;
  }
}
