package dev.callflow.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.StoredDocument;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps everything that has been read, including the fact that something does not exist, until it
 * changes, as long as there is memory for it. The cache is enabled only while changes by other
 * processes are received.
 *
 * <p>Each entry belongs to the epoch that was current when its read began. A change starts a new
 * epoch, so a result that was read during the change is stored under the old epoch and never used.
 */
final class StoreCache {

  private static final int MAX_EPOCHS = 50_000;

  /** The approximate memory that an entry takes in addition to its content. */
  private static final int ENTRY = 300;

  private record Collection(AccountId account, DocumentType type) {}

  /** The period between two changes; epochs are compared by identity. */
  private static final class Epoch {}

  private record DocumentKey(Epoch epoch, String id) {}

  private record NumberKey(Epoch epoch, String number) {}

  /** The accounts, which change so rarely that all of them are dropped together. */
  private static final class Directory {
    private final Cache<AccountId, Optional<Account>> accounts;
    private final Cache<String, Optional<AccountId>> realms;
    private volatile @Nullable ObjectNode system;

    Directory(long bytes) {
      accounts =
          cache(bytes, (id, account) -> memory(id.value()) + memory(account.map(Account::config)));
      realms = cache(bytes / 4, (realm, account) -> memory(realm));
    }
  }

  private final Cache<Collection, Epoch> epochs =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(MAX_EPOCHS).build();
  private final Cache<DocumentKey, Optional<StoredDocument>> documents;
  private final Cache<NumberKey, List<Document>> numbers;
  private final Cache<Epoch, List<Document>> lists;
  private final long directoryBytes;
  private volatile Directory directory;
  private volatile boolean enabled;

  /**
   * Creates a disabled cache.
   *
   * @param bytes the approximate memory that all entries may take together
   */
  StoreCache(long bytes) {
    documents =
        cache(
            bytes / 4,
            (key, stored) -> memory(key.id) + memory(stored.map(it -> it.document().body())));
    numbers = cache(bytes / 4, (key, list) -> memory(key.number) + memory(list));
    lists = cache(bytes / 4, (epoch, list) -> memory(list));
    directoryBytes = bytes / 5;
    directory = new Directory(directoryBytes);
  }

  private static <K, V> Cache<K, V> cache(long maxBytes, ToLongBiFunction<K, V> memory) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .maximumWeight(maxBytes)
        .weigher((K key, V value) ->
            (int) Math.min(ENTRY + memory.applyAsLong(key, value), Integer.MAX_VALUE))
        .build();
  }

  private static long memory(String text) {
    return 2L * text.length();
  }

  private static long memory(List<Document> list) {
    return list.stream().mapToLong(it -> memory(it.id()) + memory(it.body())).sum();
  }

  private static long memory(Optional<ObjectNode> body) {
    return body.map(StoreCache::memory).orElse(0L);
  }

  private static long memory(ObjectNode body) {
    return Document.Size.of(body).memory();
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
    directory = new Directory(directoryBytes);
  }

  void changed(Change change) {
    switch (change) {
      case Change.OfDocuments of -> epochs.invalidate(new Collection(of.account(), of.type()));
      case Change.OfAccount of -> directory = new Directory(directoryBytes);
      case Change.OfSystem of -> directory = new Directory(directoryBytes);
    }
  }

  Optional<StoredDocument> document(Key key, Supplier<Optional<StoredDocument>> database) {
    DocumentKey documentKey = new DocumentKey(epoch(key.account(), key.type()), key.id());
    return cached(documents, documentKey, database);
  }

  List<Document> list(AccountId account, DocumentType type, Supplier<List<Document>> database) {
    return cached(lists, epoch(account, type), database);
  }

  List<Document> withNumber(
      AccountId account, DocumentType type, String number, Supplier<List<Document>> database) {
    return cached(numbers, new NumberKey(epoch(account, type), number), database);
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
