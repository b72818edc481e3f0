package dev.callflow.cli;

import dev.callflow.cli.lint.Finding;
import dev.callflow.cli.lint.LineNumbers;
import dev.callflow.conference.schema.ConferenceAdvice;
import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.advice.KnownKeys;
import dev.callflow.core.advice.Nearest;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.DocumentCheck;
import dev.callflow.core.store.FileProblem;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks files: single documents, data folders and other folders with documents. */
final class Linter {

  private static final String CASE = ".case.json";

  private static final Set<String> OF_CALLFLOW = Set.of("flow", "numbers", "patterns");

  /** Keys that documents of all types may have. */
  private static final Set<String> OF_ALL =
      Set.of("id", "name", "owner_id", "flags", "language", "domain", "metadata", KnownKeys.SCHEMA);

  private static final Set<String> OF_CONFERENCE = keysOfConference();

  private static final Comparator<AccountId> BY_ID = Comparator.comparing(AccountId::value);

  private final DocumentCheck checks;

  Linter(DocumentCheck checks) {
    this.checks = checks;
  }

  /**
   * Checks a file or a folder.
   *
   * @return the findings; those of a folder in the order of its files
   * @throws IOException if the file or folder cannot be read, or the folder has no JSON files; with
   *     a message for the user
   */
  List<Finding> check(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("does not exist");
    }
    if (!Files.isDirectory(file)) {
      return check(file, text(file));
    }
    if (Files.isDirectory(file.resolve("accounts"))) {
      return checkTogether(file);
    }
    List<Finding> findings = new ArrayList<>();
    for (Path document : documents(file)) {
      findings.addAll(check(document, text(document)));
    }
    return findings;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException("cannot be read: it is not encoded in UTF-8", e);
    } catch (IOException e) {
      throw new IOException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> documents(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> documents =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(".json"))
              // Cases are checked by ./callflow replay.
              .filter(file -> !file.toString().endsWith(CASE))
              .sorted()
              .toList();
      if (documents.isEmpty()) {
        throw new IOException("contains no documents, that is, files whose names end in .json");
      }
      return documents;
    } catch (UncheckedIOException e) {
      throw new IOException("cannot be listed: " + e.getMessage(), e);
    }
  }

  private List<Finding> checkTogether(Path folder) {
    List<FileProblem> problems;
    try (DataFolder read = DataFolder.read(folder, checks, TimeSource.system())) {
      problems = new ArrayList<>(read.problems());
      problems.addAll(advice(read));
    }
    Map<Path, List<Problem>> byFile = new HashMap<>();
    problems.forEach(
        it -> byFile.computeIfAbsent(it.file(), missing -> new ArrayList<>()).add(it.problem()));
    return byFile.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(entry -> findings(entry.getKey(), readable(entry.getKey()), entry.getValue()))
        .toList();
  }

  /** Reads a file only to find lines, so that one that cannot be read is like an empty one. */
  private static String readable(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Checks the text of a single file. */
  List<Finding> check(Path file, String text) {
    return findings(file, text, problems(file, text)).toList();
  }

  private List<Problem> problems(Path file, String text) {
    JsonNode value;
    try {
      value = Json.read(text);
    } catch (JacksonException e) {
      return List.of(Problem.at("", "is not valid JSON: " + Json.where(e)));
    }
    if (!(value instanceof ObjectNode body)) {
      return List.of(Problem.at("", "is not a JSON object"));
    }
    Optional<Problem> unusable = Json.unusable(body);
    if (unusable.isPresent()) {
      return List.of(unusable.get());
    }
    if (isConfiguration(file)) {
      return configuration(body);
    }
    Optional<DocumentType> type = typeOfFolder(file).or(() -> typeOf(body));
    if (type.isPresent()) {
      String name = file.toString();
      return lint(new Document(type.get(), Json.text(body, "id").orElse(name), body, name));
    }
    return List.of(
        Problem.at(
            "",
            body.has("case")
                ? "is a case, not a document; run it with ./callflow replay"
                : "is neither a callflow nor a conference; other documents must be in a folder"
                    + " called devices, users or media"));
  }

  /** Returns the type of documents in a folder that is called like those of a data folder. */
  private static Optional<DocumentType> typeOfFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    String name = folder == null ? "" : String.valueOf(folder.getFileName());
    return Stream.of(DocumentType.values())
        .filter(type -> type.collection().equals(name))
        .findAny();
  }

  /** A place with a problem needs no warning. */
  private static Stream<Finding> findings(Path file, String text, List<Problem> problems) {
    Set<JsonPointer> wrong =
        problems.stream()
            .filter(it -> !it.warning() && !it.pointer().matches())
            .map(Problem::pointer)
            .collect(Collectors.toSet());
    Function<JsonPointer, Integer> lines =
        problems.isEmpty() ? place -> 1 : LineNumbers.of(text)::of;
    return problems.stream()
        .filter(it -> !it.warning() || !wrong.contains(it.pointer()))
        .map(it -> new Finding(file, lines.apply(it.pointer()), it));
  }

  // ---- documents

  /** Returns the problems and warnings for a single document. */
  private List<Problem> lint(Document document) {
    List<Problem> problems = new ArrayList<>(checks.check(document));
    problems.addAll(ConferenceAdvice.of(document));
    return problems;
  }

  /** Returns the warnings for the documents of a folder, which are checked together. */
  private static List<FileProblem> advice(DataFolder folder) {
    List<FileProblem> all = new ArrayList<>();
    for (AccountId account : folder.accounts().stream().sorted(BY_ID).toList()) {
      for (DocumentType type : List.of(DocumentType.CALLFLOW, DocumentType.CONFERENCE)) {
        for (Document document : folder.all(account, type)) {
          ConferenceAdvice.of(document, account, folder)
              .forEach(it -> all.add(new FileProblem(Path.of(document.source()), it)));
        }
      }
    }
    return all;
  }

  /** Returns whether a file has the name of a configuration, of an account or the system. */
  private static boolean isConfiguration(Path file) {
    return Set.of("account.json", "system.json").contains(String.valueOf(file.getFileName()));
  }

  /** Returns the problems of an account.json, or of a system.json. */
  private static List<Problem> configuration(ObjectNode body) {
    List<Problem> problems = new ArrayList<>(AccountLimits.checkConfig(body));
    Json.object(body, "config")
        .map(AccountLimits::checkConfig)
        .orElse(List.of())
        .forEach(it -> problems.add(it.under(JsonPointer.compile("/config"))));
    return problems;
  }

  /**
   * Guesses the type of a document that is not in a data folder from its keys, even if one is
   * misspelt.
   *
   * @return the type; empty if the document is neither a callflow nor a conference
   */
  private static Optional<DocumentType> typeOf(ObjectNode body) {
    Set<String> keys = Set.copyOf(body.propertyNames());
    if (keys.stream().anyMatch(OF_CALLFLOW::contains)) {
      return Optional.of(DocumentType.CALLFLOW);
    }
    if (keys.stream().anyMatch(OF_CONFERENCE::contains)) {
      return Optional.of(DocumentType.CONFERENCE);
    }
    if (keys.stream().anyMatch(key -> Nearest.to(key, OF_CALLFLOW).isPresent())) {
      return Optional.of(DocumentType.CALLFLOW);
    }
    if (keys.stream().anyMatch(key -> Nearest.to(key, OF_CONFERENCE).isPresent())
        || keys.contains("name") && OF_ALL.containsAll(keys)) {
      return Optional.of(DocumentType.CONFERENCE);
    }
    return Optional.empty();
  }

  private static Set<String> keysOfConference() {
    Set<String> keys =
        new HashSet<>(
            ConferenceSchemas.schemas()
                .getOrDefault("conferences", Json.object())
                .path("properties")
                .propertyNames());
    keys.removeAll(OF_ALL);
    return Set.copyOf(keys);
  }
}
