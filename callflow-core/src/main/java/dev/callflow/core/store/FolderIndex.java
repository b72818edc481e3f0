package dev.callflow.core.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a data folder have been read, in which state, and which document is in each. Used
 * by one thread at a time.
 */
final class FolderIndex {

  /** Where a document belongs. */
  record Place(AccountId account, DocumentType type) {}

  /** A document of the folder. */
  record Entry(Place place, Document document) {}

  private record State(FileTime changed, long size) {

    static State of(Path file) throws IOException {
      return new State(Files.getLastModifiedTime(file), Files.size(file));
    }
  }

  private final Path folder;
  private final Map<Path, State> states = new HashMap<>();
  private final Map<Path, Entry> entries = new HashMap<>();

  FolderIndex(Path folder) {
    this.folder = folder;
  }

  /**
   * Notes the state of a file as read.
   *
   * @return whether it differs from the state that was noted before
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  boolean noteState(Path file) throws IOException {
    State now = State.of(file);
    return !now.equals(states.put(file, now));
  }

  /** Notes the document of a file; returns what the file held before. */
  @Nullable Entry noteDocument(Path file, Entry entry) {
    return entries.put(file, entry);
  }

  /** Forgets a file; returns the document that it held. */
  @Nullable Entry forget(Path file) {
    states.remove(file);
    return entries.remove(file);
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

  /** The file that a document is in; for a new one, the file of its id. */
  Path fileOf(Place place, String id) {
    Optional<Path> found =
        entries.entrySet().stream()
            .filter(it -> it.getValue().place().equals(place))
            .filter(it -> it.getValue().document().id().equals(id))
            .map(Map.Entry::getKey)
            .findFirst();
    return found.orElseGet(() -> folderOf(place).resolve(id + ".json"));
  }

  Path folderOf(Place place) {
    return accounts().resolve(place.account().value()).resolve(place.type().collection());
  }

  Path accounts() {
    return folder.resolve("accounts");
  }

  Path system() {
    return folder.resolve("system.json");
  }
}
