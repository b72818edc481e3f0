package dev.callflow.examples;

import dev.callflow.conference.schema.ConferenceAdvice;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentCheck;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code ./callflow lint} says about documents: problems, and settings that are probably
 * mistaken.
 */
final class Lint {

  private static final Comparator<AccountId> BY_ID = Comparator.comparing(AccountId::value);

  private Lint() {}

  /** Returns the problems and warnings for a single document. */
  static List<Problem> lint(Document document, DocumentCheck check) {
    List<Problem> problems = new ArrayList<>(check.check(document));
    problems.addAll(ConferenceAdvice.of(document));
    return problems;
  }

  /** Returns the warnings for the documents of a folder, which are checked together. */
  static List<FileProblem> advice(DataFolder folder) {
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
  static boolean isConfiguration(Path file) {
    return Set.of("account.json", "system.json").contains(String.valueOf(file.getFileName()));
  }

  /** Returns the problems of an account.json, or of a system.json. */
  static List<Problem> configuration(ObjectNode body) {
    List<Problem> problems = new ArrayList<>(AccountLimits.checkConfig(body));
    Json.object(body, "config")
        .map(AccountLimits::checkConfig)
        .orElse(List.of())
        .forEach(it -> problems.add(it.under(JsonPointer.compile("/config"))));
    return problems;
  }

  /** Guesses the type of a document that is not in a data folder. */
  static DocumentType typeOf(ObjectNode body) {
    return body.has("flow") || body.has("numbers") || body.has("patterns")
        ? DocumentType.CALLFLOW
        : DocumentType.CONFERENCE;
  }
}
