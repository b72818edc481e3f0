package dev.callflow.core.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentCheck;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
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
 * Accounts and documents in files: {@code DIR/accounts/<account>/account.json} and beside it the
 * folders {@code callflows}, {@code conferences}, {@code devices}, {@code users} and {@code media};
 * the system's configuration in {@code DIR/system.json}.
 *
 * <p>A document's id is its {@code id}, else its file's name. Changes are picked up within a
 * second. A file that cannot be read is reported, and the version that was good stays in use.
 *
 * <p>Documents can also be changed here: the folder is looked at, the change checked, and the file
 * written whole. Revisions count from the opening of the folder; who edits a file by hand in the
 * very moment may lose. A new document's file is called as its id.
 *
 * <p>Safe for use by any thread. Looking things up never blocks; reading files happens when the
 * folder is opened, on a thread of its own, and before a change.
 */
public final class DataFolder implements EditableStore, AutoCloseable {

  private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  private final MemoryStore store;
  private final FolderProblems problems = new FolderProblems();
  private final FolderReader reader;
  private final FolderWriter writer;
  private final FolderWatcher watcher;

  /** Held while files are read or written. */
  private final ReentrantLock files = new ReentrantLock();

  private DataFolder(Path folder, DocumentCheck check, TimeSource time) {
    FolderIndex index = new FolderIndex(folder);
    store = new MemoryStore(time);
    reader = new FolderReader(index, problems, check, store);
    writer = new FolderWriter(index, problems, check);
    watcher = new FolderWatcher(time);
  }

  /**
   * Reads a folder, and watches it until it is closed.
   *
   * @param folder the folder
   * @param check what documents are checked by, besides being JSON
   * @param time how to wait
   * @return the folder, read
   * @throws IllegalArgumentException if there is no such folder
   */
  public static DataFolder open(Path folder, DocumentCheck check, TimeSource time) {
    DataFolder opened = read(folder, check, time);
    opened.watcher.start(time, opened::look);
    return opened;
  }

  /**
   * Reads a folder once.
   *
   * @param folder the folder
   * @param check what documents are checked by, besides being JSON
   * @param time the time source
   * @return the folder, read
   * @throws IllegalArgumentException if there is no such folder
   */
  public static DataFolder read(Path folder, DocumentCheck check, TimeSource time) {
    if (!Files.isDirectory(folder.resolve("accounts"))) {
      throw new IllegalArgumentException("no data folder (it has no accounts/): " + folder);
    }
    DataFolder opened = new DataFolder(folder, check, time);
    opened.look();
    return opened;
  }

  /**
   * Lists what is wrong now.
   *
   * @return the problems, by file
   */
  public List<FileProblem> problems() {
    return problems.published();
  }

  /** Stops watching; what was read stays. */
  @Override
  public void close() {
    watcher.close();
  }

  private void look() {
    files.lock();
    try {
      reader.read();
    } finally {
      files.unlock();
    }
  }

  // ---- changing

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there is no such account, or the id can be no file's name
   */
  @Override
  public WriteResult create(AccountId account, DocumentType type, String id, ObjectNode body) {
    if (store.account(account).isEmpty()) {
      throw new IllegalArgumentException("there is no account " + account);
    }
    if (!id.matches(FILE_NAME)) {
      throw new IllegalArgumentException("an id must be letters, digits, '.', '_' and '-': " + id);
    }
    return change(account, type, id, () -> store.create(account, type, id, body));
  }

  @Override
  public WriteResult replace(
      AccountId account, DocumentType type, String id, ObjectNode body, long revision) {
    return change(account, type, id, () -> store.replace(account, type, id, body, revision));
  }

  @Override
  public WriteResult remove(AccountId account, DocumentType type, String id, long revision) {
    return change(account, type, id, () -> store.remove(account, type, id, revision));
  }

  private WriteResult change(
      AccountId account, DocumentType type, String id, Supplier<WriteResult> change) {
    files.lock();
    try {
      reader.read();
      Optional<Document> before = store.find(account, type, id);
      WriteResult result = change.get();
      if (result instanceof WriteResult.Written) {
        try {
          writer.write(new FolderIndex.Place(account, type), id, store.find(account, type, id));
        } catch (IOException e) {
          before.ifPresentOrElse(
              it -> store.put(account, it), () -> store.remove(account, type, id));
          throw new StoreUnavailableException("the file of " + id + " could not be written", e);
        }
      }
      return result;
    } finally {
      files.unlock();
    }
  }

  // ---- looking up

  /**
   * Lists the accounts there are now.
   *
   * @return their ids, in no order
   */
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
  public Optional<StoredDocument> stored(AccountId account, DocumentType type, String id) {
    return store.stored(account, type, id);
  }

  @Override
  public List<StoredDocument> page(
      AccountId account, DocumentType type, Optional<String> from, boolean ascending, int most) {
    return store.page(account, type, from, ascending, most);
  }

  @Override
  public ObjectNode systemConfig() {
    return store.systemConfig();
  }

  @Override
  public void onChange(Consumer<AccountId> listener) {
    store.onChange(listener);
  }
}
