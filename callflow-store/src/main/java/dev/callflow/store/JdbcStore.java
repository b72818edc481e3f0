package dev.callflow.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.listen.Listeners;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.Quotas;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores accounts and documents in a database: an H2 file that only this process uses, or a
 * PostgreSQL database that several processes share.
 *
 * <p>Everything that is read is cached until it changes, within {@link StoreOptions#cacheBytes}.
 * Changes that other processes make in PostgreSQL are visible within a second. If the connection
 * that announces them is lost, all reads go to the database until the connection is restored; then
 * listeners are called for every account. In one process, open only one store for each database.
 *
 * <p>A call that is not complete after {@link StoreOptions#deadline}, or after twice that time if
 * the database stops responding during the call, throws {@link StoreUnavailableException}. Safe for
 * use by any thread. Listeners run on internal threads of the store and may run twice for one
 * change.
 *
 * <p>Ids have at most 255 characters and contain neither NUL nor unpaired surrogates. Documents
 * with other ids are not found, and writing one throws {@link IllegalArgumentException}. A deleted
 * document remains in the table, marked as deleted.
 */
public final class JdbcStore implements EditableStore, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

  private final Database database;
  private final JdbcRecords records;
  private final TimeSource time;
  private final Quotas quotas;
  private final StoreCache cache;
  private final Listeners<AccountId> listeners = new Listeners<>("changes to documents");
  private final @Nullable ChangeFeed feed;

  private JdbcStore(ConnectionSource source, TimeSource time) {
    StoreOptions options = source.options();
    this.database = Database.open(source, time);
    records = new JdbcRecords(database);
    this.time = time;
    quotas = options.quotas();
    cache = new StoreCache(options.cacheBytes());
    if (source.isPostgres()) {
      feed = ChangeFeed.open(source, time, new FeedListener());
    } else {
      feed = null;
      cache.enable();
    }
  }

  /**
   * Opens a store. Creates the tables, or migrates those of an older version.
   *
   * @param options the database and its limits
   * @param time the time source for dates and deadlines
   * @return the open store
   * @throws StoreUnavailableException if the database does not respond or cannot be used
   */
  public static JdbcStore open(StoreOptions options, TimeSource time) {
    return new JdbcStore(new ConnectionSource(options, null), time);
  }

  /**
   * Opens a store in the database of the application, with connections of the application's pool.
   * Creates the tables, whose names begin with {@code callflow_}, or migrates those of an older
   * version. Closing the store does not close the source.
   *
   * <p>The settings of the source are the application's. A call that cannot get a connection fails
   * after {@link StoreOptions#deadline}, but its thread waits for as long as the pool does. With
   * PostgreSQL, the store keeps one connection for the changes of other processes.
   *
   * @param source the source; its connections must be in auto-commit mode
   * @param options the options of {@link StoreOptions#of(DataSource)}, or a changed copy; the
   *     number of connections is that of the application's pool instead
   * @param time the time source for dates and deadlines
   * @return the open store
   * @throws IllegalArgumentException if the connections are not in auto-commit mode, or if an H2
   *     file has a {@code WRITE_DELAY} other than 0, so that acknowledged changes could be lost
   * @throws StoreUnavailableException if the database does not respond, or the tables cannot be
   *     created
   */
  public static JdbcStore open(DataSource source, StoreOptions options, TimeSource time) {
    return new JdbcStore(new ConnectionSource(options, source), time);
  }

  // ---- accounts

  /**
   * Creates or replaces an account.
   *
   * @param id the account's id
   * @param body the account's {@code realm}, {@code preflow} and {@code config}, each optional
   * @return false if another account has the realm, in which case nothing is changed
   * @throws StoreUnavailableException if the database does not respond; the account may or may not
   *     be stored
   */
  public boolean account(AccountId id, ObjectNode body) {
    requireFits(id, body);
    return change(
        "store account " + id,
        new Change.OfAccount(id),
        handle -> AccountTable.put(handle, id, body),
        changed -> changed);
  }

  private static void requireFits(AccountId id, ObjectNode body) {
    if (!Key.fits(id.value())
        || Account.of(id, body).realm().filter(it -> !Key.fits(it)).isPresent()) {
      throw new IllegalArgumentException(
          "the id and realm of an account may each have at most "
              + Key.MAX_LENGTH
              + " characters and no NUL or unpaired surrogates; this rule is violated by account "
              + id);
    }
  }

  /** Asks the database each time. */
  @Override
  public Optional<ObjectNode> accountBody(AccountId id) {
    return Key.fits(id.value())
        ? database.read("find account " + id, handle -> AccountTable.body(handle, id))
        : Optional.empty();
  }

  @Override
  public EditableAccounts.Result createAccount(AccountId id, ObjectNode body) {
    requireFits(id, body);
    return changeAccount(
        "create account " + id, id, handle -> AccountTable.create(handle, id, body));
  }

  @Override
  public EditableAccounts.Result replaceAccount(AccountId id, ObjectNode before, ObjectNode body) {
    if (!Key.fits(id.value())) {
      return new EditableAccounts.Result.Missing();
    }
    requireFits(id, body);
    return changeAccount(
        "change account " + id, id, handle -> AccountTable.replace(handle, id, before, body));
  }

  @Override
  public EditableAccounts.Result removeAccount(AccountId id, ObjectNode before) {
    if (!Key.fits(id.value())) {
      return new EditableAccounts.Result.Missing();
    }
    List<Change> changes = new ArrayList<>(List.of(new Change.OfAccount(id)));
    for (DocumentType type : DocumentType.values()) {
      changes.add(new Change.OfDocuments(id, type));
    }
    return change(
        "remove account " + id,
        changes,
        handle -> {
          EditableAccounts.Result result = AccountTable.remove(handle, id, before);
          if (result instanceof EditableAccounts.Result.Written) {
            DocumentTable.removeAll(handle, id, now());
          }
          return result;
        },
        result -> result instanceof EditableAccounts.Result.Written);
  }

  private EditableAccounts.Result changeAccount(
      String what, AccountId id, Function<Handle, EditableAccounts.Result> write) {
    return change(
        what,
        new Change.OfAccount(id),
        write,
        result -> result instanceof EditableAccounts.Result.Written);
  }

  /** Asks the database, because what has been read before may be in memory. */
  @Override
  public void requireReachable() {
    database.read("reach the database", handle -> handle.execute("SELECT 1"));
  }

  @Override
  public List<AccountId> accounts() {
    return database.read("list the accounts", AccountTable::all);
  }

  /**
   * Sets the system configuration.
   *
   * @param config the configuration; must not be modified afterwards
   * @throws StoreUnavailableException if the database does not respond; the configuration may or
   *     may not be set
   */
  public void system(ObjectNode config) {
    change(
        "set the system configuration",
        new Change.OfSystem(),
        handle -> {
          AccountTable.system(handle, config);
          return true;
        },
        changed -> changed);
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return Key.fits(id.value())
        ? cache.account(
            id, () -> database.read("find account " + id, handle -> AccountTable.find(handle, id)))
        : Optional.empty();
  }

  @Override
  public Optional<AccountId> accountByRealm(String realm) {
    String lowerCase = realm.toLowerCase(Locale.ROOT);
    return Key.fits(lowerCase)
        ? cache.realm(
            lowerCase,
            () ->
                database.read(
                    "find the account of a realm",
                    handle -> AccountTable.byRealm(handle, lowerCase)))
        : Optional.empty();
  }

  @Override
  public ObjectNode systemConfig() {
    return cache.system(() ->
        database
            .read("read the system configuration", AccountTable::system)
            .orElseGet(Json::object));
  }

  // ---- documents

  @Override
  public Optional<Document> find(AccountId account, DocumentType type, String id) {
    return stored(account, type, id).map(StoredDocument::document);
  }

  @Override
  public Optional<StoredDocument> stored(AccountId account, DocumentType type, String id) {
    Key key = new Key(account, type, id);
    return key.fits()
        ? cache.document(
            key,
            () -> database.read("find " + key.source(), handle -> DocumentTable.find(handle, key)))
        : Optional.empty();
  }

  @Override
  public List<Document> all(AccountId account, DocumentType type) {
    return Key.fits(account.value())
        ? cache.list(
            account,
            type,
            () ->
                database.read(
                    "list " + type.collection() + " of " + account,
                    handle -> DocumentTable.all(handle, account, type)))
        : List.of();
  }

  @Override
  public List<Document> withNumber(AccountId account, DocumentType type, String number) {
    return Key.fits(account.value())
        ? cache.withNumber(
            account,
            type,
            number,
            () ->
                database.read(
                    "find a number among the " + type.collection() + " of " + account,
                    handle -> DocumentTable.withNumber(handle, account, type, number)))
        : List.of();
  }

  @Override
  public List<StoredDocument> page(
      AccountId account, DocumentType type, Optional<String> from, boolean ascending, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit must be at least 1, but is " + limit);
    }
    return Key.fits(account.value())
        ? database.read(
            "list " + type.collection() + " of " + account,
            handle ->
                DocumentTable.page(
                    handle, account, type, new DocumentTable.Page(from, ascending, limit)))
        : List.of();
  }

  @Override
  public Optional<WriteResult.QuotaExceeded> quotaExceededBy(ObjectNode body) {
    return quotas.exceededBy(Document.Size.of(body));
  }

  @Override
  public WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body) {
    Key key = new Key(account, type, id);
    key.requireFits();
    Optional<WriteResult.QuotaExceeded> tooLarge = quotaExceededBy(body);
    return tooLarge.isPresent()
        ? tooLarge.get()
        : write(
            key,
            "store ",
            handle -> DocumentTable.create(handle, key, document(key, body), now(), quotas));
  }

  @Override
  public WriteResult replace(
      AccountId account, DocumentType type, String id, ObjectNode body, Revision revision) {
    Key key = new Key(account, type, id);
    if (!key.fits()) {
      return new WriteResult.Missing();
    }
    Optional<WriteResult.QuotaExceeded> tooLarge = quotaExceededBy(body);
    return tooLarge.isPresent()
        ? tooLarge.get()
        : write(
            key,
            "replace ",
            handle ->
                DocumentTable.replace(handle, key, document(key, body), revision, now(), quotas));
  }

  @Override
  public WriteResult remove(AccountId account, DocumentType type, String id, Revision revision) {
    Key key = new Key(account, type, id);
    return key.fits()
        ? write(key, "remove ", handle -> DocumentTable.remove(handle, key, revision, now()))
        : new WriteResult.Missing();
  }

  private static Document document(Key key, ObjectNode body) {
    return new Document(key.type(), key.id(), body, key.source());
  }

  /** Returns the current time, truncated to the precision with which databases store it. */
  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MICROS);
  }

  private WriteResult write(Key key, String what, Function<Handle, WriteResult> write) {
    return change(
        what + key.source(),
        new Change.OfDocuments(key.account(), key.type()),
        write,
        result -> result instanceof WriteResult.Written);
  }

  // ---- records

  /**
   * Returns the records in the same database. They are not cached, and a call has the deadline of
   * {@link StoreOptions#deadline}; {@link RecordStore#prune} has it for each thousand records.
   *
   * @return the records, which can be used until this store is closed
   */
  public RecordStore records() {
    return records;
  }

  // ---- import

  /**
   * Imports from a folder the accounts and documents that this store has never contained. Existing
   * documents are not changed, and deleted documents are not restored. If the folder has a system
   * configuration, it replaces the one in this store.
   *
   * @param folder the folder to import
   * @return the numbers of imported accounts and documents, and the problems
   * @throws StoreUnavailableException if the database does not respond; part of the folder may have
   *     been imported, and another import adds the rest
   */
  public ImportResult importFolder(DataFolder folder) {
    return new FolderImport(this, new Target(), folder).run();
  }

  private final class Target implements FolderImport.Target {
    @Override
    public void setSystem(ObjectNode config) {
      system(config);
    }

    @Override
    public boolean putAccount(AccountId id, ObjectNode body) {
      return account(id, body);
    }

    @Override
    public boolean everContained(Key key) {
      return database.read(
          "find " + key.source(), handle -> DocumentTable.everContained(handle, key));
    }
  }

  // ---- changes

  private <T> T change(
      String what, Change change, Function<Handle, T> write, Predicate<T> hasChanged) {
    return change(what, List.of(change), write, hasChanged);
  }

  private <T> T change(
      String what, List<Change> changes, Function<Handle, T> write, Predicate<T> hasChanged) {
    return database.change(
        what,
        handle -> {
          T written = write.apply(handle);
          if (feed != null && hasChanged.test(written)) {
            changes.forEach(change -> ChangeFeed.announce(handle, change));
          }
          return written;
        },
        written -> {
          if (written.isEmpty() || hasChanged.test(written.get())) {
            changes.forEach(this::changed);
          }
        });
  }

  @Override
  public Subscription onChange(Consumer<AccountId> listener) {
    return listeners.add(listener);
  }

  private void changed(Change change) {
    cache.changed(change);
    change.changedAccount().ifPresent(listeners::call);
  }

  private final class FeedListener implements ChangeFeed.Listener {
    @Override
    public void connected() {
      cache.enable();
      database.read("list the accounts", AccountTable::owners).forEach(listeners::call);
    }

    @Override
    public void changed(Change change) {
      JdbcStore.this.changed(change);
    }

    @Override
    public void lost() {
      cache.disable();
    }
  }

  /** Closes the connections; calls in progress fail. */
  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    database.close();
  }
}
