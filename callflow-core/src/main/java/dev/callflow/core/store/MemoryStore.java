package dev.callflow.core.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentNumbers;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.listen.Listeners;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps accounts and documents in memory. Suitable for tests, for replays, and for applications
 * that load documents from a source of their own.
 *
 * <p>Safe for use by any thread; never blocks. Listeners run on the thread that makes a change.
 */
public final class MemoryStore implements EditableStore {

  private record Collection(AccountId account, DocumentType type) {}

  private record Key(AccountId account, DocumentType type, String id) {

    Collection collection() {
      return new Collection(account, type);
    }
  }

  /** Makes changes permanent before they become visible; an exception prevents the change. */
  interface Permanent {

    void write(AccountId account, StoredDocument now);

    void remove(AccountId account, StoredDocument before);

    void writeAccount(AccountId id, ObjectNode body);

    void removeAccount(AccountId id);
  }

  /** Keeps changes in memory only. */
  private enum InMemory implements Permanent {
    ONLY;

    @Override
    public void write(AccountId account, StoredDocument now) {}

    @Override
    public void remove(AccountId account, StoredDocument before) {}

    @Override
    public void writeAccount(AccountId id, ObjectNode body) {}

    @Override
    public void removeAccount(AccountId id) {}
  }

  private record StoredAccount(Account account, ObjectNode body) {}

  private static final DocumentCollection NO_DOCUMENTS = new DocumentCollection();

  private final Map<AccountId, StoredAccount> accounts = new ConcurrentHashMap<>();
  private final RealmIndex realms = new RealmIndex();
  private final Map<Collection, DocumentCollection> collections = new ConcurrentHashMap<>();
  private final TimeSource time;
  private final Quotas quotas;
  private final Permanent permanent;

  /** Used by the thread that holds the lock. */
  private final Map<AccountId, AccountUsage> usage = new HashMap<>();

  private final ReentrantLock writing = new ReentrantLock();
  private long maxRemovedRevision;
  private final Listeners<AccountId> listeners = new Listeners<>("changes to documents");
  private volatile ObjectNode systemConfig = Json.object();

  /** Creates an empty store that uses the system time. */
  public MemoryStore() {
    this(TimeSource.system());
  }

  /**
   * Creates an empty store.
   *
   * @param time the time source that provides the dates of changes
   */
  public MemoryStore(TimeSource time) {
    this(time, Quotas.standard());
  }

  /**
   * Creates an empty store with limits for changes by {@link #create} and {@link #replace}.
   *
   * @param time the time source that provides the dates of changes
   * @param quotas the limits for documents and accounts
   */
  public MemoryStore(TimeSource time, Quotas quotas) {
    this(time, quotas, InMemory.ONLY);
  }

  MemoryStore(TimeSource time, Quotas quotas, Permanent permanent) {
    this.time = time;
    this.quotas = quotas;
    this.permanent = permanent;
  }

  /**
   * Adds or replaces an account.
   *
   * @param id the account's id
   * @param body the account's document, with the optional properties {@code realm}, {@code preflow}
   *     and {@code config}
   * @return this store
   */
  public MemoryStore account(AccountId id, ObjectNode body) {
    writing.lock();
    try {
      keep(id, body);
    } finally {
      writing.unlock();
    }
    changed(id);
    return this;
  }

  private void keep(AccountId id, ObjectNode body) {
    Account account = Account.of(id, body);
    StoredAccount before = accounts.put(id, new StoredAccount(account, body));
    realms.replace(before == null ? null : before.account(), account);
  }

  @Override
  public Optional<ObjectNode> accountBody(AccountId id) {
    return Optional.ofNullable(accounts.get(id)).map(StoredAccount::body);
  }

  @Override
  public EditableAccounts.Result createAccount(AccountId id, ObjectNode body) {
    return changeAccount(
        id,
        body,
        before ->
            before == null ? Optional.empty() : Optional.of(new EditableAccounts.Result.Exists()));
  }

  @Override
  public EditableAccounts.Result replaceAccount(AccountId id, ObjectNode before, ObjectNode body) {
    return changeAccount(
        id,
        body,
        now ->
            switch (now) {
              case null -> Optional.of(new EditableAccounts.Result.Missing());
              case StoredAccount it when !it.body().equals(before) ->
                  Optional.of(new EditableAccounts.Result.Changed());
              case StoredAccount it -> Optional.empty();
            });
  }

  private EditableAccounts.Result changeAccount(
      AccountId id,
      ObjectNode body,
      Function<@Nullable StoredAccount, Optional<EditableAccounts.Result>> refusal) {
    writing.lock();
    EditableAccounts.Result result;
    try {
      result =
          refusal
              .apply(accounts.get(id))
              .or(() -> realmTaken(id, body))
              .orElseGet(() -> {
                permanent.writeAccount(id, body);
                keep(id, body);
                return new EditableAccounts.Result.Written();
              });
    } finally {
      writing.unlock();
    }
    if (result instanceof EditableAccounts.Result.Written) {
      changed(id);
    }
    return result;
  }

  @Override
  public EditableAccounts.Result removeAccount(AccountId id, ObjectNode before) {
    EditableAccounts.Result result;
    writing.lock();
    try {
      StoredAccount now = accounts.get(id);
      if (now == null) {
        result = new EditableAccounts.Result.Missing();
      } else if (!now.body().equals(before)) {
        result = new EditableAccounts.Result.Changed();
      } else {
        permanent.removeAccount(id);
        forget(now.account());
        result = new EditableAccounts.Result.Written();
      }
    } finally {
      writing.unlock();
    }
    if (result instanceof EditableAccounts.Result.Written) {
      changed(id);
    }
    return result;
  }

  private void forget(Account account) {
    accounts.remove(account.id());
    realms.remove(account);
    usage.remove(account.id());
    for (DocumentType type : DocumentType.values()) {
      DocumentCollection gone = collections.remove(new Collection(account.id(), type));
      if (gone != null) {
        gone.page(Optional.empty(), true, Integer.MAX_VALUE)
            .forEach(stored ->
                maxRemovedRevision = Math.max(maxRemovedRevision, stored.revision().number()));
      }
    }
  }

  private Optional<EditableAccounts.Result> realmTaken(AccountId id, ObjectNode body) {
    return Account.of(id, body)
        .realm()
        .filter(realm -> realms.owner(realm).filter(owner -> !owner.equals(id)).isPresent())
        .map(EditableAccounts.Result.RealmTaken::new);
  }

  /**
   * Adds or replaces a document. Removes it instead if it is marked as deleted ({@code
   * pvt_deleted}).
   *
   * @param account the owner
   * @param type the document's type
   * @param id the document's id
   * @param body the document; must not be changed afterwards
   * @return this store
   */
  public MemoryStore put(AccountId account, DocumentType type, String id, ObjectNode body) {
    Document document = new Document(type, id, body, source(new Key(account, type, id)));
    return put(account, document, Optional.empty());
  }

  /**
   * Adds or replaces a document. If the content is the same as before, its revision stays.
   *
   * @param written the revision that the document was last written with
   */
  MemoryStore put(AccountId account, Document document, Optional<Revision> written) {
    Key key = new Key(account, document.type(), document.id());
    writing.lock();
    try {
      if (Json.bool(document.body(), "pvt_deleted").orElse(false)) {
        delete(key);
      } else {
        keep(key, read(key, document, written));
      }
    } finally {
      writing.unlock();
    }
    changed(account);
    return this;
  }

  /**
   * Removes a document.
   *
   * @param account the owner
   * @param type the document's type
   * @param id the document's id
   * @return this store
   */
  public MemoryStore remove(AccountId account, DocumentType type, String id) {
    writing.lock();
    try {
      delete(new Key(account, type, id));
    } finally {
      writing.unlock();
    }
    changed(account);
    return this;
  }

  private void keep(Key key, StoredDocument now) {
    StoredDocument before =
        collections.computeIfAbsent(key.collection(), it -> new DocumentCollection()).put(now);
    usage.put(key.account, usage(key).plus(size(before), size(now)));
  }

  private AccountUsage usage(Key key) {
    return usage.getOrDefault(key.account, AccountUsage.NONE);
  }

  private static Optional<Document.Size> size(@Nullable StoredDocument stored) {
    return Optional.ofNullable(stored).map(it -> Document.Size.of(it.document().body()));
  }

  private StoredDocument read(Key key, Document document, Optional<Revision> written) {
    StoredDocument before = find(key);
    StoredDocument next = next(key, document);
    String hash = next.revision().hash();
    if (before != null && before.revision().hash().equals(hash)) {
      return new StoredDocument(document, before.revision(), before.created(), before.modified());
    }
    long number =
        written.map(it -> it.hash().equals(hash) ? it.number() : it.number() + 1).orElse(1L);
    return number <= next.revision().number()
        ? next
        : new StoredDocument(document, new Revision(number, hash), next.created(), next.modified());
  }

  private StoredDocument next(Key key, Document document) {
    @Nullable StoredDocument before = find(key);
    Instant now = time.now();
    long number = (before == null ? maxRemovedRevision : before.revision().number()) + 1;
    return new StoredDocument(
        document,
        Revision.of(number, document.body()),
        before == null ? now : before.created(),
        now);
  }

  /** Removes a document; a later document with the same id must not reuse its revisions. */
  private void delete(Key key) {
    StoredDocument gone = of(key.collection()).remove(key.id);
    if (gone != null) {
      usage.put(key.account, usage(key).plus(size(gone), Optional.empty()));
      maxRemovedRevision = Math.max(maxRemovedRevision, gone.revision().number());
    }
  }

  /**
   * Sets the system configuration.
   *
   * @param config the configuration; must not be changed afterwards
   * @return this store
   */
  public MemoryStore system(ObjectNode config) {
    systemConfig = config;
    return this;
  }

  @Override
  public Set<AccountId> accounts() {
    return Set.copyOf(accounts.keySet());
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return Optional.ofNullable(accounts.get(id)).map(StoredAccount::account);
  }

  @Override
  public Optional<AccountId> accountByRealm(String realm) {
    return realms.owner(realm);
  }

  @Override
  public Optional<Document> find(AccountId account, DocumentType type, String id) {
    return stored(account, type, id).map(StoredDocument::document);
  }

  @Override
  public List<Document> all(AccountId account, DocumentType type) {
    return of(new Collection(account, type)).all();
  }

  @Override
  public List<Document> withNumber(AccountId account, DocumentType type, String number) {
    return of(new Collection(account, type)).withNumber(number);
  }

  /** Returns a collection; an empty one, which must not be changed, if it has no documents yet. */
  private DocumentCollection of(Collection collection) {
    return collections.getOrDefault(collection, NO_DOCUMENTS);
  }

  private @Nullable StoredDocument find(Key key) {
    return of(key.collection()).find(key.id);
  }

  @Override
  public Optional<StoredDocument> stored(AccountId account, DocumentType type, String id) {
    return Optional.ofNullable(find(new Key(account, type, id)));
  }

  @Override
  public List<StoredDocument> page(
      AccountId account, DocumentType type, Optional<String> from, boolean ascending, int limit) {
    return of(new Collection(account, type)).page(from, ascending, limit);
  }

  @Override
  public Optional<WriteResult.QuotaExceeded> quotaExceededBy(ObjectNode body) {
    return quotas.exceededBy(Document.Size.of(body));
  }

  @Override
  public WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body) {
    Key key = new Key(account, type, id);
    return change(
        key,
        before -> before == null ? write(key, body) : new WriteResult.Conflict(before.revision()));
  }

  @Override
  public WriteResult replace(
      AccountId account, DocumentType type, String id, ObjectNode body, Revision revision) {
    Key key = new Key(account, type, id);
    return change(
        key,
        before ->
            switch (before) {
              case null -> new WriteResult.Missing();
              case StoredDocument it when !it.revision().equals(revision) ->
                  new WriteResult.Conflict(it.revision());
              case StoredDocument it -> write(key, body);
            });
  }

  @Override
  public WriteResult remove(AccountId account, DocumentType type, String id, Revision revision) {
    Key key = new Key(account, type, id);
    return change(
        key,
        before ->
            switch (before) {
              case null -> new WriteResult.Missing();
              case StoredDocument it when !it.revision().equals(revision) ->
                  new WriteResult.Conflict(it.revision());
              case StoredDocument it -> {
                permanent.remove(account, it);
                delete(key);
                yield new WriteResult.Written(it);
              }
            });
  }

  private WriteResult change(Key key, Function<@Nullable StoredDocument, WriteResult> change) {
    writing.lock();
    WriteResult result;
    try {
      result = change.apply(find(key));
    } finally {
      writing.unlock();
    }
    if (result instanceof WriteResult.Written) {
      changed(key.account);
    }
    return result;
  }

  private WriteResult write(Key key, ObjectNode body) {
    Optional<WriteResult.QuotaExceeded> tooLarge = quotaExceededBy(body);
    if (tooLarge.isPresent()) {
      return tooLarge.get();
    }
    DocumentCollection others = of(key.collection());
    List<String> taken =
        DocumentNumbers.of(key.type, body).stream()
            .filter(number -> others.isTaken(number, key.id))
            .toList();
    if (!taken.isEmpty()) {
      return new WriteResult.NumbersTaken(taken);
    }
    StoredDocument now = next(key, new Document(key.type, key.id, body, source(key)));
    AccountUsage before = usage(key);
    Optional<WriteResult.QuotaExceeded> exceeded =
        quotas.exceededBy(before, before.plus(size(find(key)), size(now)));
    if (exceeded.isPresent()) {
      return exceeded.get();
    }
    permanent.write(key.account, now);
    keep(key, now);
    return new WriteResult.Written(now);
  }

  private static String source(Key key) {
    return key.account + "/" + key.type.collection() + "/" + key.id;
  }

  @Override
  public ObjectNode systemConfig() {
    return systemConfig;
  }

  @Override
  public Subscription onChange(Consumer<AccountId> listener) {
    return listeners.add(listener);
  }

  private void changed(AccountId account) {
    listeners.call(account);
  }
}
