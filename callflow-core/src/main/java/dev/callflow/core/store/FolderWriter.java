package dev.callflow.core.store;

import static java.util.Objects.requireNonNull;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.store.FolderIndex.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes documents to the files of a data folder. When a method returns, its change is on the disk.
 * When one throws, the change may be on the disk or not; the index is as before, so that the next
 * read of the folder finds out. Used by one thread at a time.
 */
final class FolderWriter {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWriter.class);

  /** The end of the names of files that are not yet complete; no document has such a name. */
  private static final String INCOMPLETE = ".new";

  /** The key for the revision of a document. It is part of the file, but not of the document. */
  static final String REVISION = "_rev";

  private final FolderIndex index;
  private final FolderProblems problems;
  private final DocumentCheck check;
  private final FolderFiles files;

  /** The incomplete files that could not be deleted. */
  private final Set<Path> leftovers = new HashSet<>();

  FolderWriter(FolderIndex index, FolderProblems problems, DocumentCheck check, FolderFiles files) {
    this.index = index;
    this.problems = problems;
    this.check = check;
    this.files = files;
  }

  /** Writes the file of a document. Its previous content is replaced as a whole, or it stays. */
  void write(Place place, StoredDocument stored) throws IOException {
    Document document = stored.document();
    deleteLeftovers();
    Path file = index.fileOf(place, document.id());
    createFolder(folderOf(file));
    replace(file, content(stored));
    index.recordDocument(file, new FolderIndex.Entry(place, document));
    problems.clear(file);
    check.check(document).forEach(problem -> problems.add(file, problem));
  }

  /**
   * Writes the document of an account. Its previous content is replaced as a whole, or it stays.
   */
  void writeAccount(AccountId account, ObjectNode body) throws IOException {
    deleteLeftovers();
    Path folder = index.folderOf(account);
    Path file = FolderIndex.account(folder);
    boolean isNew = !Files.isDirectory(folder);
    createFolder(folder);
    try {
      replace(file, utf8(body));
    } catch (IOException e) {
      if (isNew) {
        // Otherwise the folder alone would be an account.
        files.delete(folder);
      }
      throw e;
    }
    problems.clear(file);
    FolderReader.accountProblems(body).forEach(problem -> problems.add(file, problem));
  }

  private void replace(Path file, byte[] content) throws IOException {
    Path incomplete = file.resolveSibling(file.getFileName() + INCOMPLETE);
    try {
      files.write(incomplete, content);
      files.rename(incomplete, file);
    } catch (IOException e) {
      deleteIncomplete(incomplete);
      throw e;
    }
    files.sync(folderOf(file));
    index.recordState(file);
  }

  private static Path folderOf(Path path) {
    return requireNonNull(path.getParent());
  }

  private static byte[] content(StoredDocument stored) throws IOException {
    ObjectNode body = stored.document().body().deepCopy();
    body.put("id", stored.document().id());
    body.put(REVISION, stored.revision().toString());
    return utf8(body);
  }

  private static byte[] utf8(ObjectNode body) throws IOException {
    ByteBuffer utf8 =
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body.toPrettyString() + "\n"));
    byte[] content = new byte[utf8.remaining()];
    utf8.get(content);
    return content;
  }

  /** Creates the folder of an account or a collection, unless it exists. */
  private void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    files.createFolder(folder);
    try {
      files.sync(folderOf(folder));
    } catch (IOException e) {
      // Otherwise the next write would find the folder and not sync its name.
      files.delete(folder);
      throw e;
    }
  }

  /** Deletes the file of a document. */
  void delete(Place place, String id) throws IOException {
    deleteLeftovers();
    Path file = index.fileOf(place, id);
    files.delete(file);
    files.sync(folderOf(file));
    index.forget(file);
    problems.clear(file);
  }

  /** Deletes the folder of an account with all that it contains. */
  void deleteAccount(AccountId account) throws IOException {
    deleteLeftovers();
    Path folder = index.folderOf(account);
    Path removed = index.removedFolderOf(account);
    files.deleteAll(removed);
    if (Files.exists(folder)) {
      // In one step, so that a host that is killed meanwhile leaves all of the account or nothing.
      files.rename(folder, removed);
      files.sync(index.accounts());
    }
    for (Path file : index.filesThat(it -> it.startsWith(folder))) {
      index.forget(file);
      problems.clear(file);
    }
    deleteRemoved(removed);
  }

  private void deleteRemoved(Path folder) {
    try {
      files.deleteAll(folder);
    } catch (IOException e) {
      LOG.warn("{}: cannot be deleted; trying again at the next start", folder, e);
    }
  }

  /** Deletes what a process has left that was killed while it wrote files or deleted accounts. */
  void deleteIncomplete() {
    try {
      for (Path account : FolderReader.list(index.accounts())) {
        if (FolderIndex.isRemoved(account)) {
          deleteRemoved(account);
          continue;
        }
        deleteIncompleteIn(account);
        for (DocumentType type : DocumentType.values()) {
          deleteIncompleteIn(account.resolve(type.collection()));
        }
      }
    } catch (IOException e) {
      LOG.warn("incomplete files of a host that was stopped cannot be deleted", e);
    }
  }

  private void deleteIncompleteIn(Path folder) throws IOException {
    for (Path file : FolderReader.list(folder)) {
      if (file.toString().endsWith(FolderReader.DOCUMENT + INCOMPLETE)) {
        LOG.warn("{}: deleted, because a host was stopped while it wrote the file", file);
        deleteIncomplete(file);
      }
    }
  }

  private void deleteLeftovers() {
    Set.copyOf(leftovers).forEach(this::deleteIncomplete);
  }

  private void deleteIncomplete(Path file) {
    try {
      files.delete(file);
      leftovers.remove(file);
    } catch (IOException e) {
      if (leftovers.add(file)) {
        LOG.warn("{}: cannot be deleted; trying again with the next change", file, e);
      }
    }
  }
}
