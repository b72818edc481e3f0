package dev.callflow.core.store;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.CallNumber;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.document.Revision;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.store.FolderIndex.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the changed files of a data folder into a store. If a file cannot be read, its last valid
 * version stays in the store. Used by one thread at a time.
 */
final class FolderReader {

  /** The character with which the JVM replaces bytes of a file name that it cannot decode. */
  private static final char UNREADABLE = '\ufffd';

  private static final String NAME_IS_UNREADABLE =
      "the file name cannot be decoded in the locale of this JVM; start the JVM in a UTF-8 locale"
          + " such as C.UTF-8, or give the document an id";

  /** The end of the names of files that contain a document. */
  static final String DOCUMENT = ".json";

  private static final String CONFIG = "config";

  private static final long MAX_FILE_SIZE = 16 << 20;

  private final FolderIndex index;
  private final FolderProblems problems;
  private final DocumentCheck check;
  private final MemoryStore store;

  /** Whether all folders could be listed; otherwise a file that was not found may still exist. */
  private boolean complete;

  /** The changes of the index up to which shared numbers have been reported. */
  private long compared;

  FolderReader(FolderIndex index, FolderProblems problems, DocumentCheck check, MemoryStore store) {
    this.index = index;
    this.problems = problems;
    this.check = check;
    this.store = store;
  }

  private interface Content {
    void read(Path file) throws IOException;
  }

  /** Reads the files that have changed since the last call, and publishes the problems. */
  void read() {
    Set<Path> existing = new HashSet<>();
    complete = Files.isDirectory(index.accounts());
    readIfChanged(index.system(), existing, this::readSystem);
    for (Path account : listed(index.accounts())) {
      if (Files.isDirectory(account) && !FolderIndex.isRemoved(account)) {
        readAccount(account, existing);
      }
    }
    if (complete) {
      removeAllBut(existing);
    }
    findSharedNumbers();
    problems.publish();
  }

  private void readSystem(Path file) throws IOException {
    ObjectNode config = json(file);
    store.system(config);
    AccountLimits.checkConfig(config).forEach(problem -> problems.add(file, problem));
  }

  private void readAccount(Path file, AccountId account) throws IOException {
    ObjectNode body = json(file);
    store.account(account, body);
    accountProblems(body).forEach(problem -> problems.add(file, problem));
  }

  /** Returns the problems in the document of an account. */
  static List<Problem> accountProblems(ObjectNode body) {
    return Json.object(body, CONFIG).map(AccountLimits::checkConfig).orElse(List.of()).stream()
        .map(problem -> problem.under(JsonPointer.empty().appendProperty(CONFIG)))
        .toList();
  }

  private void readAccount(Path folder, Set<Path> existing) {
    AccountId account = new AccountId(folder.getFileName().toString());
    Path own = FolderIndex.account(folder);
    if (!readIfChanged(own, existing, file -> readAccount(file, account))
        && store.account(account).isEmpty()) {
      store.account(account, Json.object());
    }
    for (DocumentType type : DocumentType.values()) {
      Place place = new Place(account, type);
      for (Path file : listed(folder.resolve(type.collection()))) {
        if (file.toString().endsWith(DOCUMENT)) {
          readIfChanged(file, existing, changed -> readDocument(changed, place));
        }
      }
    }
  }

  /** Reads a file if it has changed; returns whether it exists. */
  private boolean readIfChanged(Path file, Set<Path> existing, Content content) {
    try {
      boolean changed = index.recordState(file);
      existing.add(file);
      if (changed) {
        problems.clear(file);
        content.read(file);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (JacksonException e) {
      problems.add(file, Problem.at("", "is not valid JSON: " + Json.where(e)));
    } catch (IOException e) {
      existing.add(file);
      problems.add(file, Problem.at("", "cannot be read: " + e.getMessage()));
    }
    return true;
  }

  private static ObjectNode json(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_SIZE) {
      throw new IOException("larger than " + MAX_FILE_SIZE + " bytes");
    }
    JsonNode value = Json.read(Files.readString(file, StandardCharsets.UTF_8));
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("not a JSON object");
  }

  private void readDocument(Path file, Place place) throws IOException {
    ObjectNode body = json(file);
    Optional<Revision> written = Json.text(body, FolderWriter.REVISION).flatMap(Revision::parse);
    body.remove(FolderWriter.REVISION);
    String name = file.getFileName().toString();
    String id =
        Json.text(body, "id")
            .or(() -> Json.text(body, "_id"))
            .orElse(name.substring(0, name.length() - DOCUMENT.length()));
    if (id.indexOf(UNREADABLE) >= 0) {
      problems.add(file, Problem.at("", NAME_IS_UNREADABLE));
      return;
    }
    Document document = new Document(place.type(), id, body, file.toString());
    FolderIndex.Entry before = index.recordDocument(file, new FolderIndex.Entry(place, document));
    if (before != null && !before.document().id().equals(id)) {
      store.remove(place.account(), place.type(), before.document().id());
    }
    store.put(place.account(), document, written);
    Json.unusable(body).ifPresent(problem -> problems.add(file, problem));
    check.check(document).forEach(problem -> problems.add(file, problem));
  }

  private void removeAllBut(Set<Path> existing) {
    for (Path file : index.filesThat(it -> !existing.contains(it))) {
      problems.clear(file);
      FolderIndex.Entry gone = index.forget(file);
      if (gone != null) {
        Place place = gone.place();
        store.remove(place.account(), place.type(), gone.document().id());
      }
    }
  }

  /** Reports each callflow that shares a number with a callflow that has a lower id. */
  private void findSharedNumbers() {
    if (compared == index.changes()) {
      return;
    }
    compared = index.changes();
    problems.clearShared();
    Map<String, String> owners = new HashMap<>();
    index.eachDocument((file, entry) -> {
      if (entry.place().type() == DocumentType.CALLFLOW) {
        JsonNode numbers = entry.document().body().path("numbers");
        for (int i = 0; i < numbers.size(); i++) {
          String number = CallNumber.normalise(numbers.get(i).asString(""));
          String id = entry.document().id();
          String owner = owners.putIfAbsent(entry.place().account() + " " + number, id);
          if (owner != null && !owner.equals(id)) {
            problems.addShared(file, i, owner);
          }
        }
      }
    });
  }

  private List<Path> listed(Path folder) {
    problems.clear(folder);
    try {
      return list(folder);
    } catch (IOException e) {
      problems.add(folder, Problem.at("", "cannot be listed: " + e.getMessage()));
      complete = false;
      return List.of();
    }
  }

  /** Lists the files in a folder in the order of their names; empty if it does not exist. */
  static List<Path> list(Path folder) throws IOException {
    if (Files.notExists(folder) || Files.isRegularFile(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    }
  }
}
