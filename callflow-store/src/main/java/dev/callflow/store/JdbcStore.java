package dev.callflow.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps accounts and documents in a database: H2 in a file that this process has to itself, or a
 * PostgreSQL that several processes share.
 *
 * <p>What was read is kept in memory until it changes. What another process changes in PostgreSQL
 * is seen within a second; when the connection that tells is lost, everything is read from the
 * database until it is back, and then every account counts as changed. Open one store for a
 * database and process.
 *
 * <p>Each call takes as long as {@link StoreOptions#deadline} at most, or twice that if the
 * database falls silent in the middle, and throws {@link StoreUnavailableException} then. Safe for
 * use by any thread. Listeners run on the thread that made the change, or on one of the store's own
 * if another process did, and may run twice for one change.
 *
 * <p>Ids have at most 255 characters, without NUL and halves of surrogate pairs: others are not
 * found, and to write them is an {@link IllegalArgumentException}. A document that is removed stays
 * in the table, marked as deleted.
 */
public final class JdbcStore implements EditableStore, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

  private final Database database;
  private final TimeSource time;
  private final StoreCache cache = new StoreCache();
  private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();
  private final @Nullable ChangeFeed feed;

  private JdbcStore(StoreOptions options, Database database, TimeSource time) {
    this.database = database;
    this.time = time;
    if (DatabaseUrl.isPostgres(options.url())) {
      feed = ChangeFeed.open(options, time, new Hearing());
    } else {
      feed = null;
      cache.use();
    }
  }

  /**
   * Connects, and makes the tables or brings those of an older version up to date.
   *
   * @param options where the database is
   * @param time by which documents are dated and deadlines kept
   * @return the store, open
   * @throws StoreUnavailableException if the database does not answer or cannot be used
   */
  public static JdbcStore open(StoreOptions options, TimeSource time) {
    return new JdbcStore(options, Database.open(options, time), time);
  }

  // ---- accounts

  /**
   * Stores an account or replaces it.
   *
   * @param id the account's id
   * @param body its {@code realm}, {@code preflow} and {@code config}, each optional
   * @return false if the realm is that of another account; nothing is changed then
   * @throws StoreUnavailableException if the store cannot answer; it may be stored or not
   */
  public boolean account(AccountId id, ObjectNode body) {
    if (!Key.fits(id.value())
        || Account.of(id, body).realm().filter(it -> !Key.fits(it)).isPresent()) {
      throw new IllegalArgumentException("the id or the realm of the account is no name: " + id);
    }
    return change(
        "store account " + id,
        new Change.OfAccount(id),
        handle -> AccountTable.put(handle, id, body),
        done -> done);
  }

  /**
   * Lists the accounts there are now.
   *
   * @return their ids, in no order
   * @throws StoreUnavailableException if the store cannot answer
   */
  public List<AccountId> accounts() {
    return database.read("list the accounts", AccountTable::all);
  }

  /**
   * Sets the configuration of the whole system.
   *
   * @param config the configuration; must not be changed afterwards
   * @throws StoreUnavailableException if the store cannot answer; it may be set or not
   */
  public void system(ObjectNode config) {
    change(
        "set the system's configuration",
        new Change.OfSystem(),
        handle -> {
          AccountTable.system(handle, config);
          return true;
        },
        done -> done);
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
    String wanted = realm.toLowerCase(Locale.ROOT);
    return Key.fits(wanted)
        ? cache.realm(
            wanted,
            () ->
                database.read(
                    "find the account of a realm", handle -> AccountTable.byRealm(handle, wanted)))
        : Optional.empty();
  }

  @Override
  public ObjectNode systemConfig() {
    return cache.system(() ->
        database
            .read("read the system's configuration", AccountTable::system)
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
        ? cache
            .list(
                account,
                type,
                () ->
                    database.read(
                        "list " + type.collection() + " of " + account,
                        handle -> DocumentTable.all(handle, account, type)))
            .stream()
            .map(StoredDocument::document)
            .toList()
        : List.of();
  }

  @Override
  public List<StoredDocument> page(
      AccountId account, DocumentType type, Optional<String> from, boolean ascending, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a page has at least one document, not " + most);
    }
    return Key.fits(account.value())
        ? database.read(
            "list " + type.collection() + " of " + account,
            handle ->
                DocumentTable.page(
                    handle, account, type, new DocumentTable.Page(from, ascending, most)))
        : List.of();
  }

  @Override
  public WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body) {
    Key key = new Key(account, type, id);
    key.requireFits();
    return write(
        key, "store ", handle -> DocumentTable.create(handle, key, document(key, body), now()));
  }

  @Override
  public WriteResult replace(
      AccountId account, DocumentType type, String id, ObjectNode body, long revision) {
    Key key = new Key(account, type, id);
    return key.fits()
        ? write(
            key,
            "replace ",
            handle -> DocumentTable.replace(handle, key, document(key, body), revision, now()))
        : new WriteResult.Missing();
  }

  @Override
  public WriteResult remove(AccountId account, DocumentType type, String id, long revision) {
    Key key = new Key(account, type, id);
    return key.fits()
        ? write(key, "remove ", handle -> DocumentTable.remove(handle, key, revision, now()))
        : new WriteResult.Missing();
  }

  private static Document document(Key key, ObjectNode body) {
    return new Document(key.type(), key.id(), body, key.source());
  }

  /** Databases keep no more than this. */
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

  // ---- taking over what others have

  /**
   * Takes over the accounts and documents of a folder as far as they are not here yet; what is here
   * stays as it is, and what was removed here does not come back. The system's configuration is
   * that of the folder if it has one.
   *
   * @param folder where they are
   * @return how many were taken over, and what could not be
   * @throws StoreUnavailableException if the store cannot answer; some may be taken over, and doing
   *     it again takes over the rest
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
    public boolean everHad(Key key) {
      return database.read("find " + key.source(), handle -> DocumentTable.everHad(handle, key));
    }
  }

  // ---- changes

  private <T> T change(String what, Change change, Function<Handle, T> write, Predicate<T> isDone) {
    return database.change(
        what,
        handle -> {
          T written = write.apply(handle);
          if (feed != null && isDone.test(written)) {
            ChangeFeed.announce(handle, change);
          }
          return written;
        },
        written -> {
          if (written.isEmpty() || isDone.test(written.get())) {
            changed(change);
          }
        });
  }

  @Override
  public void onChange(Consumer<AccountId> listener) {
    listeners.add(listener);
  }

  private void changed(Change change) {
    cache.changed(change);
    change.told().ifPresent(this::tell);
  }

  private void tell(AccountId account) {
    for (Consumer<AccountId> listener : listeners) {
      try {
        listener.accept(account);
      } catch (RuntimeException e) {
        LOG.error("a listener failed when it was told of a change to {}", account, e);
      }
    }
  }

  private final class Hearing implements ChangeFeed.Listener {
    @Override
    public void connected() {
      cache.use();
      database.read("list the accounts", AccountTable::owners).forEach(JdbcStore.this::tell);
    }

    @Override
    public void changed(Change change) {
      JdbcStore.this.changed(change);
    }

    @Override
    public void lost() {
      cache.leave();
    }
  }

  /** Closes the connections; calls that are under way fail. */
  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    database.close();
  }
}
