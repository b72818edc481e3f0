package dev.callflow.core.store;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentCheck;
import dev.callflow.core.store.FolderIndex.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Writes documents to the files of a data folder. Used by one thread at a time. */
final class FolderWriter {

  private final FolderIndex index;
  private final FolderProblems problems;
  private final DocumentCheck check;

  FolderWriter(FolderIndex index, FolderProblems problems, DocumentCheck check) {
    this.index = index;
    this.problems = problems;
    this.check = check;
  }

  /**
   * Writes or deletes the file of a document, and records the new state so that the file is not
   * read again.
   *
   * @param now the document; empty to delete the file
   */
  void write(Place place, String id, Optional<Document> now) throws IOException {
    Path file = index.fileOf(place, id);
    problems.clear(file);
    if (now.isEmpty()) {
      Files.deleteIfExists(file);
      index.forget(file);
      return;
    }
    ObjectNode body = now.get().body().deepCopy();
    body.put("id", id);
    Files.createDirectories(file.getParent());
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, body.toPrettyString() + "\n");
    // Readers of the file see either the old document or the new one, never a part of it.
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    index.recordState(file);
    index.recordDocument(file, new FolderIndex.Entry(place, now.get()));
    check.check(now.get()).forEach(problem -> problems.add(file, problem));
  }
}
