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
 * What was read, and what was not there, until it changes. It is in use only while changes are
 * heard of.
 *
 * <p>What is read is kept under the epoch that its reader found before asking the database. A
 * change ends the epoch: an answer read meanwhile is kept where nobody looks anymore.
 */
final class StoreCache {

  private static final int MAX_DOCUMENTS = 20_000;
  private static final int MAX_DOCUMENTS_IN_LISTS = 100_000;
  private static final int MAX_PLACES = 50_000;
  private static final int MAX_ACCOUNTS = 10_000;

  private record Place(AccountId account, DocumentType type) {}

  /** Equal to itself only. */
  private static final class Epoch {}

  private record Kept(Epoch epoch, String id) {}

  /** Accounts change rarely: one epoch for all. */
  private static final class Directory {
    private final Cache<AccountId, Optional<Account>> accounts = cache(MAX_ACCOUNTS);
    private final Cache<String, Optional<AccountId>> realms = cache(MAX_ACCOUNTS);
    private volatile @Nullable ObjectNode system;
  }

  private final Cache<Place, Epoch> epochs = cache(MAX_PLACES);
  private final Cache<Kept, Optional<StoredDocument>> documents = cache(MAX_DOCUMENTS);
  private final Cache<Epoch, List<StoredDocument>> lists =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MAX_DOCUMENTS_IN_LISTS)
          .weigher((Epoch epoch, List<StoredDocument> list) -> 1 + list.size())
          .build();
  private volatile Directory directory = new Directory();
  private volatile boolean used;

  private static <K, V> Cache<K, V> cache(int most) {
    return Caffeine.newBuilder().executor(Runnable::run).maximumSize(most).build();
  }

  /** Changes are heard of from now on; what was read before is forgotten. */
  void use() {
    forget();
    used = true;
  }

  /** Changes are not heard of. */
  void leave() {
    used = false;
  }

  private void forget() {
    epochs.invalidateAll();
    directory = new Directory();
  }

  void changed(Change change) {
    switch (change) {
      case Change.OfDocuments of -> epochs.invalidate(new Place(of.account(), of.type()));
      case Change.OfAccount of -> directory = new Directory();
      case Change.OfSystem of -> directory = new Directory();
    }
  }

  Optional<StoredDocument> document(Key key, Supplier<Optional<StoredDocument>> database) {
    Kept kept = new Kept(epoch(key.account(), key.type()), key.id());
    return through(documents, kept, database);
  }

  List<StoredDocument> list(
      AccountId account, DocumentType type, Supplier<List<StoredDocument>> database) {
    return through(lists, epoch(account, type), database);
  }

  private Epoch epoch(AccountId account, DocumentType type) {
    return epochs.get(new Place(account, type), place -> new Epoch());
  }

  Optional<Account> account(AccountId id, Supplier<Optional<Account>> database) {
    return through(directory.accounts, id, database);
  }

  Optional<AccountId> realm(String realm, Supplier<Optional<AccountId>> database) {
    return through(directory.realms, realm, database);
  }

  ObjectNode system(Supplier<ObjectNode> database) {
    Directory now = directory;
    ObjectNode kept = now.system;
    if (used && kept != null) {
      return kept;
    }
    ObjectNode read = database.get();
    now.system = read;
    return read;
  }

  private <K, V> V through(Cache<K, V> cache, K key, Supplier<V> database) {
    V kept = used ? cache.getIfPresent(key) : null;
    if (kept != null) {
      return kept;
    }
    V read = database.get();
    cache.put(key, read);
    return read;
  }
}
