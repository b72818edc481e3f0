package dev.callflow.core.store;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.CallNumber;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentCheck;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
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

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  /** What Java makes of the bytes of a file's name that the JVM's locale has no character for. */
  private static final char UNREADABLE = '\ufffd';

  private static final String NAME_IS_UNREADABLE =
      "the name of the file cannot be read in the locale of this JVM; start it in a UTF-8 locale"
          + " such as C.UTF-8, or give the document an id";

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final long LARGEST_FILE = 16 << 20;
  private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  private record Seen(FileTime changed, long size) {}

  private record Place(AccountId account, DocumentType type) {}

  private final Path folder;
  private final DocumentCheck check;
  private final Inbox<Boolean> closing;
  private final MemoryStore store;
  private final ReentrantLock looking = new ReentrantLock();
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Map<Path, Document> documents = new HashMap<>();
  private final Map<Path, Place> places = new HashMap<>();
  private final Map<Path, List<FileProblem>> problems = new TreeMap<>();
  private volatile List<FileProblem> reported = List.of();

  private DataFolder(Path folder, DocumentCheck check, TimeSource time) {
    this.folder = folder;
    this.check = check;
    this.closing = time.inbox(1);
    this.store = new MemoryStore(time);
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
    time.start("data-folder", opened::watch);
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
    return reported;
  }

  private void watch() {
    try {
      while (closing.poll(BETWEEN_LOOKS) == null) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops watching; what was read stays. */
  @Override
  public void close() {
    if (!closing.offer(true)) {
      LOG.debug("the data folder is closed already");
    }
  }

  // ---- reading, by one thread at a time

  private void look() {
    looking.lock();
    try {
      lookAgain();
    } finally {
      looking.unlock();
    }
  }

  private void lookAgain() {
    Set<Path> there = new HashSet<>();
    look(folder.resolve("system.json"), there, this::readSystem);
    for (Path account : list(folder.resolve("accounts"))) {
      if (Files.isDirectory(account)) {
        lookAt(account, there);
      }
    }
    forget(there);
    findSharedNumbers();
    List<FileProblem> all = new ArrayList<>();
    problems.values().forEach(all::addAll);
    for (FileProblem problem : all) {
      if (!reported.contains(problem)) {
        LOG.warn("{}", problem);
      }
    }
    reported = List.copyOf(all);
  }

  private void lookAt(Path accountFolder, Set<Path> there) {
    AccountId account = new AccountId(accountFolder.getFileName().toString());
    Path own = accountFolder.resolve("account.json");
    if (!look(own, there, file -> store.account(account, json(file)))
        && store.account(account).isEmpty()) {
      store.account(account, Json.object());
    }
    for (DocumentType type : DocumentType.values()) {
      for (Path file : list(accountFolder.resolve(type.collection()))) {
        if (file.toString().endsWith(".json")) {
          places.put(file, new Place(account, type));
          look(file, there, this::readDocument);
        }
      }
    }
  }

  private interface Reader {
    void read(Path file) throws IOException;
  }

  /** Reads a file if it has changed; returns whether it exists. */
  private boolean look(Path file, Set<Path> there, Reader reader) {
    try {
      Seen now = new Seen(Files.getLastModifiedTime(file), Files.size(file));
      there.add(file);
      if (!now.equals(seen.put(file, now))) {
        problems.remove(file);
        reader.read(file);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (JacksonException e) {
      report(file, Problem.at("", "is no JSON, " + Json.where(e)));
    } catch (IOException e) {
      report(file, Problem.at("", "cannot be read: " + e.getMessage()));
    }
    return true;
  }

  private static ObjectNode json(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException("it is larger than " + LARGEST_FILE + " bytes");
    }
    JsonNode value = Json.read(Files.readString(file, StandardCharsets.UTF_8));
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("it is no JSON object");
  }

  private void readSystem(Path file) throws IOException {
    store.system(json(file));
  }

  private void readDocument(Path file) throws IOException {
    Place place = places.get(file);
    if (place == null) {
      return;
    }
    ObjectNode body = json(file);
    String name = file.getFileName().toString();
    String id =
        Json.text(body, "id")
            .or(() -> Json.text(body, "_id"))
            .orElse(name.substring(0, name.length() - ".json".length()));
    if (id.indexOf(UNREADABLE) >= 0) {
      report(file, Problem.at("", NAME_IS_UNREADABLE));
      return;
    }
    Document document = new Document(place.type, id, body, file.toString());
    Document before = documents.put(file, document);
    if (before != null && !before.id().equals(id)) {
      store.remove(place.account, place.type, before.id());
    }
    store.put(place.account, document);
    check.check(document).forEach(problem -> report(file, problem));
  }

  private void forget(Set<Path> there) {
    for (Path file : List.copyOf(seen.keySet())) {
      if (!there.contains(file)) {
        seen.remove(file);
        problems.remove(file);
        Document gone = documents.remove(file);
        Place place = places.remove(file);
        if (gone != null && place != null) {
          store.remove(place.account, place.type, gone.id());
        }
      }
    }
  }

  /** The callflow with the lowest id has the number; the others are told so. */
  private void findSharedNumbers() {
    for (List<FileProblem> of : problems.values()) {
      of.removeIf(problem -> problem.problem().message().startsWith("also belongs to "));
    }
    Map<String, String> owners = new TreeMap<>();
    documents.entrySet().stream()
        .filter(entry -> entry.getValue().type() == DocumentType.CALLFLOW)
        .sorted((a, b) -> a.getValue().id().compareTo(b.getValue().id()))
        .forEach(entry -> {
          Document document = entry.getValue();
          Place place = places.get(entry.getKey());
          JsonNode numbers = document.body().path("numbers");
          for (int i = 0; i < numbers.size(); i++) {
            String key = place + " " + CallNumber.normalise(numbers.get(i).asString(""));
            String owner = owners.putIfAbsent(key, document.id());
            if (owner != null && !owner.equals(document.id())) {
              report(
                  entry.getKey(), Problem.at("/numbers/" + i, "also belongs to callflow " + owner));
            }
          }
        });
  }

  private void report(Path file, Problem problem) {
    problems.computeIfAbsent(file, fresh -> new ArrayList<>()).add(new FileProblem(file, problem));
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      LOG.warn("{} cannot be listed", folder, e);
      return List.of();
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
    looking.lock();
    try {
      lookAgain();
      Optional<Document> before = store.find(account, type, id);
      WriteResult result = change.get();
      if (result instanceof WriteResult.Written) {
        try {
          save(new Place(account, type), id);
        } catch (IOException e) {
          before.ifPresentOrElse(
              it -> store.put(account, it), () -> store.remove(account, type, id));
          throw new StoreUnavailableException("the file of " + id + " could not be written", e);
        }
      }
      return result;
    } finally {
      looking.unlock();
    }
  }

  /** Makes the file of a document as the document is, and notes it as seen. */
  private void save(Place place, String id) throws IOException {
    Path file = file(place, id);
    Optional<Document> now = store.find(place.account, place.type, id);
    problems.remove(file);
    if (now.isEmpty()) {
      Files.deleteIfExists(file);
      seen.remove(file);
      documents.remove(file);
      places.remove(file);
      return;
    }
    ObjectNode body = now.get().body().deepCopy();
    body.put("id", id);
    Files.createDirectories(file.getParent());
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(whole, body.toPrettyString() + "\n");
    // Whoever reads the file sees the old one or the new one.
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    seen.put(file, new Seen(Files.getLastModifiedTime(file), Files.size(file)));
    documents.put(file, now.get());
    places.put(file, place);
    check.check(now.get()).forEach(problem -> report(file, problem));
  }

  private Path file(Place place, String id) {
    return documents.entrySet().stream()
        .filter(it -> it.getValue().id().equals(id) && place.equals(places.get(it.getKey())))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() ->
            folder
                .resolve("accounts")
                .resolve(place.account.value())
                .resolve(place.type.collection())
                .resolve(id + ".json"));
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
