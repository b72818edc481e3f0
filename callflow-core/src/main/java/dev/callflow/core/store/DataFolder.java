package dev.callflow.core.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores accounts and documents in files. An account is stored in {@code DIR/accounts/<account>}:
 * the file {@code account.json} and the folders {@code callflows}, {@code conferences}, {@code
 * devices}, {@code users} and {@code media}. The system configuration is in {@code
 * DIR/system.json}.
 *
 * <p>A document's id is its property {@code id} or, if it has none, the name of its file. Changes
 * to files take effect within a second. A file that cannot be read is reported, and its last valid
 * version stays in use.
 *
 * <p>Documents can also be changed through this class, which reads the folder, checks the change
 * and writes the complete file atomically. A change is acknowledged when the file and its name are
 * on the disk. A change that cannot be written throws {@link StoreUnavailableException}; the
 * documents can still be read, and the next change is tried again. The file contains the revision
 * as {@code _rev}, so that it is the same after a restart; this key is not part of the document. If
 * a file is edited manually at the same moment, the edit may be lost. The file of a new document is
 * named after its id.
 *
 * <p>Safe for use by any thread. Lookups never block. Files are read when the folder is opened,
 * before each change through this class, and once a second on a separate thread.
 */
public final class DataFolder implements EditableStore, AutoCloseable {

  private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  private final Path folder;
  private final MemoryStore store;
  private final FolderProblems problems = new FolderProblems();
  private final FolderReader reader;
  private final FolderWriter writer;
  private final FolderWatcher watcher;

  /** Held while files are read or written. */
  private final ReentrantLock files = new ReentrantLock();

  private DataFolder(
      Path folder, DocumentCheck check, TimeSource time, Quotas quotas, FolderFiles access) {
    this.folder = folder;
    FolderIndex index = new FolderIndex(folder);
    writer = new FolderWriter(index, problems, check, access);
    store = new MemoryStore(time, quotas, new InFiles());
    reader = new FolderReader(index, problems, check, store);
    watcher = new FolderWatcher(time);
  }

  /**
   * Reads a folder and watches it for changes until {@link #close}. Deletes files whose names end
   * in {@code .json.new}, and folders of accounts whose names begin with {@code .removed-}: a host
   * leaves such a file or folder behind if it is killed while it writes a document or removes an
   * account.
   *
   * @param folder the folder
   * @param check checks the content of documents
   * @param time the time source for watching
   * @return the open folder
   * @throws IllegalArgumentException if the folder does not exist or has no subfolder {@code
   *     accounts}
   */
  public static DataFolder open(Path folder, DocumentCheck check, TimeSource time) {
    return open(folder, check, time, Quotas.standard());
  }

  /**
   * Reads a folder and watches it for changes until {@link #close}, with limits for changes. Files
   * are read even if they exceed the limits.
   *
   * @param folder the folder
   * @param check checks the content of documents
   * @param time the time source for watching
   * @param quotas the limits for documents and accounts
   * @return the open folder
   * @throws IllegalArgumentException if the folder does not exist or has no subfolder {@code
   *     accounts}
   */
  public static DataFolder open(Path folder, DocumentCheck check, TimeSource time, Quotas quotas) {
    return open(folder, check, time, quotas, new FolderFiles());
  }

  static DataFolder open(
      Path folder, DocumentCheck check, TimeSource time, Quotas quotas, FolderFiles access) {
    DataFolder opened = read(folder, check, time, quotas, access);
    opened.writer.deleteIncomplete();
    opened.watcher.start(time, opened::readFiles);
    return opened;
  }

  /**
   * Reads a folder once, without watching it for changes.
   *
   * @param folder the folder
   * @param check checks the content of documents
   * @param time the time source for the dates of changes
   * @return the folder
   * @throws IllegalArgumentException if the folder does not exist or has no subfolder {@code
   *     accounts}
   */
  public static DataFolder read(Path folder, DocumentCheck check, TimeSource time) {
    return read(folder, check, time, Quotas.standard(), new FolderFiles());
  }

  private static DataFolder read(
      Path folder, DocumentCheck check, TimeSource time, Quotas quotas, FolderFiles access) {
    if (!Files.isDirectory(folder.resolve("accounts"))) {
      String reason = Files.exists(folder) ? "has no subfolder accounts" : "does not exist";
      throw new IllegalArgumentException("not a data folder, because it " + reason + ": " + folder);
    }
    DataFolder opened = new DataFolder(folder, check, time, quotas, access);
    opened.readFiles();
    return opened;
  }

  /**
   * Returns the current problems.
   *
   * @return the problems, ordered by file
   */
  public List<FileProblem> problems() {
    return problems.published();
  }

  /** Stops watching; the documents that have been read stay available. */
  @Override
  public void close() {
    watcher.close();
  }

  private void readFiles() {
    files.lock();
    try {
      reader.read();
    } finally {
      files.unlock();
    }
  }

  // ---- changes

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the account does not exist, or the id is not a valid file
   *     name
   */
  @Override
  public WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body) {
    requireFileName(id);
    return change(() -> {
      // Another thread may have removed the account, whose folder must not come back.
      if (store.account(account).isEmpty()) {
        throw new IllegalArgumentException("account " + account + " does not exist");
      }
      return store.create(account, type, id, body);
    });
  }

  private static void requireFileName(String id) {
    if (!id.matches(FILE_NAME)) {
      throw new IllegalArgumentException(
          "an id must consist of letters, digits, '.', '_' and '-', but is " + id);
    }
  }

  @Override
  public WriteResult replace(
      AccountId account, DocumentType type, String id, ObjectNode body, Revision revision) {
    return change(() -> store.replace(account, type, id, body, revision));
  }

  @Override
  public WriteResult remove(AccountId account, DocumentType type, String id, Revision revision) {
    return change(() -> store.remove(account, type, id, revision));
  }

  @Override
  public Optional<WriteResult.QuotaExceeded> quotaExceededBy(ObjectNode body) {
    return store.quotaExceededBy(body);
  }

  private <T> T change(Supplier<T> change) {
    files.lock();
    try {
      reader.read();
      return change.get();
    } finally {
      files.unlock();
    }
  }

  @Override
  public Optional<ObjectNode> accountBody(AccountId id) {
    return store.accountBody(id);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the id is not a valid file name
   */
  @Override
  public EditableAccounts.Result createAccount(AccountId id, ObjectNode body) {
    requireFileName(id.value());
    return change(() -> store.createAccount(id, body));
  }

  @Override
  public EditableAccounts.Result replaceAccount(AccountId id, ObjectNode before, ObjectNode body) {
    return change(() -> store.replaceAccount(id, before, body));
  }

  /** {@inheritDoc} Deletes the folder of the account with all that it contains. */
  @Override
  public EditableAccounts.Result removeAccount(AccountId id, ObjectNode before) {
    return change(() -> store.removeAccount(id, before));
  }

  /** Writes each change to its file before it becomes visible. */
  private final class InFiles implements MemoryStore.Permanent {

    @Override
    public void write(AccountId account, StoredDocument now) {
      Document document = now.document();
      try {
        writer.write(new FolderIndex.Place(account, document.type()), now);
      } catch (IOException e) {
        throw unavailable("document " + document.id() + " cannot be written", e);
      }
    }

    @Override
    public void remove(AccountId account, StoredDocument before) {
      Document document = before.document();
      try {
        writer.delete(new FolderIndex.Place(account, document.type()), document.id());
      } catch (IOException e) {
        throw unavailable("document " + document.id() + " cannot be deleted", e);
      }
    }

    @Override
    public void writeAccount(AccountId id, ObjectNode body) {
      try {
        writer.writeAccount(id, body);
      } catch (IOException e) {
        throw unavailable("account " + id + " cannot be written", e);
      }
    }

    @Override
    public void removeAccount(AccountId id) {
      try {
        writer.deleteAccount(id);
      } catch (IOException e) {
        throw unavailable("account " + id + " cannot be deleted", e);
      }
    }

    private StoreUnavailableException unavailable(String what, IOException e) {
      String message = "the file of " + what;
      return DiskSpace.isFull(e, folder)
          ? StoreUnavailableException.full(message + ", because the disk is full", e)
          : new StoreUnavailableException(message, e);
    }
  }

  // ---- lookups

  @Override
  public Set<AccountId> accounts() {
    return store.accounts();
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return store.account(id);
  }

  @Override
  public Optional<AccountId> accountByRealm(String realm) {
    return store.accountByRealm(realm);
  }

  @Override
  public Optional<Document> find(AccountId account, DocumentType type, String id) {
    return store.find(account, type, id);
  }

  @Override
  public List<Document> all(AccountId account, DocumentType type) {
    return store.all(account, type);
  }

  @Override
  public List<Document> withNumber(AccountId account, DocumentType type, String number) {
    return store.withNumber(account, type, number);
  }

  @Override
  public Optional<StoredDocument> stored(AccountId account, DocumentType type, String id) {
    return store.stored(account, type, id);
  }

  @Override
  public List<StoredDocument> page(
      AccountId account, DocumentType type, Optional<String> from, boolean ascending, int limit) {
    return store.page(account, type, from, ascending, limit);
  }

  @Override
  public ObjectNode systemConfig() {
    return store.systemConfig();
  }

  @Override
  public Subscription onChange(Consumer<AccountId> listener) {
    return store.onChange(listener);
  }
}
