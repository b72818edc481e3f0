package dev.callflow.core.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records which files of a data folder have been read, their state at that time, and the document
 * in each. Used by one thread at a time.
 */
final class FolderIndex {

  /** The account and type of a document. */
  record Place(AccountId account, DocumentType type) {}

  /** A document in the folder. */
  record Entry(Place place, Document document) {}

  private record State(FileTime changed, long size) {

    static State of(Path file) throws IOException {
      // One request to the file system for both, because a folder is read once a second.
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(now.lastModifiedTime(), now.size());
    }
  }

  private static final String REMOVED = ".removed-";

  private final Path folder;
  private final Map<Path, State> states = new HashMap<>();
  private final Map<Path, Entry> entries = new HashMap<>();
  private long changes;

  FolderIndex(Path folder) {
    this.folder = folder;
  }

  /**
   * Records the current state of a file.
   *
   * @return whether it differs from the previously recorded state
   * @throws java.nio.file.NoSuchFileException if the file does not exist
   */
  boolean recordState(Path file) throws IOException {
    State now = State.of(file);
    boolean changed = !now.equals(states.put(file, now));
    changes += changed ? 1 : 0;
    return changed;
  }

  /** Records the document in a file; returns the previous one. */
  @Nullable Entry recordDocument(Path file, Entry entry) {
    changes++;
    return entries.put(file, entry);
  }

  /** Removes a file from the index; returns the document that it contained. */
  @Nullable Entry forget(Path file) {
    changes++;
    states.remove(file);
    return entries.remove(file);
  }

  /** Returns how often a file or a document has been recorded as new, changed or removed. */
  long changes() {
    return changes;
  }

  List<Path> filesThat(Predicate<Path> condition) {
    return states.keySet().stream().filter(condition).toList();
  }

  void eachDocument(BiConsumer<Path, Entry> action) {
    entries.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue((a, b) -> a.document().id().compareTo(b.document().id())))
        .forEach(it -> action.accept(it.getKey(), it.getValue()));
  }

  /**
   * Returns the file that contains a document; for a new document, a file named after its id that
   * does not exist.
   */
  Path fileOf(Place place, String id) {
    Optional<Path> found =
        entries.entrySet().stream()
            .filter(it -> it.getValue().place().equals(place))
            .filter(it -> it.getValue().document().id().equals(id))
            .map(Map.Entry::getKey)
            .findFirst();
    return found.orElseGet(() -> unused(folderOf(place), id));
  }

  /** The file named after the id may contain a document with another id. */
  private Path unused(Path folder, String id) {
    Path file = folder.resolve(id + ".json");
    for (int i = 2; states.containsKey(file); i++) {
      file = folder.resolve(id + "-" + i + ".json");
    }
    return file;
  }

  Path folderOf(Place place) {
    return folderOf(place.account()).resolve(place.type().collection());
  }

  Path folderOf(AccountId account) {
    return accounts().resolve(account.value());
  }

  /**
   * Returns the name that the folder of an account gets before it is deleted. No account has such
   * an id, so that nothing is read from there.
   */
  Path removedFolderOf(AccountId account) {
    return accounts().resolve(REMOVED + account.value());
  }

  static boolean isRemoved(Path folder) {
    return folder.getFileName().toString().startsWith(REMOVED);
  }

  /** Returns the file with the document of an account. */
  static Path account(Path folder) {
    return folder.resolve("account.json");
  }

  Path accounts() {
    return folder.resolve("accounts");
  }

  Path system() {
    return folder.resolve("system.json");
  }
}
