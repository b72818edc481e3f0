package dev.callflow.api.document;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Problem;
import dev.callflow.core.document.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The behaviour of the API that depends on the document type. */
public interface Kind {

  /**
   * Corrects harmless mistakes and adds defaults.
   *
   * @param body the document; it is not modified
   * @return the document to store
   */
  ObjectNode complete(ObjectNode body);

  /**
   * Validates a document.
   *
   * @param id the document's id
   * @param body the completed document
   * @return the violations and warnings
   */
  Findings check(String id, ObjectNode body);

  /**
   * Returns the keys that a document may contain when it is sent and that replies leave out,
   * because their values are secrets.
   *
   * @return the keys; none by default
   */
  default List<String> writeOnly() {
    return List.of();
  }

  /**
   * Returns how many documents of this type an account may have, besides the limits of the store
   * for documents of all types.
   *
   * @return the maximum; by default there is none
   */
  default int maximum() {
    return Integer.MAX_VALUE;
  }

  /**
   * The result of a check.
   *
   * @param violations the reasons for which the document may not be stored; empty if it may
   * @param warnings what is valid, but probably mistaken
   */
  record Findings(List<Violation> violations, List<Problem> warnings) {

    /** Copies the lists. */
    public Findings {
      violations = List.copyOf(violations);
      warnings = List.copyOf(warnings);
    }

    /**
     * Returns the findings of checks other than a schema; their problems become violations of the
     * rule {@code invalid}.
     *
     * @param problems the problems and warnings
     * @return the findings
     */
    public static Findings of(List<Problem> problems) {
      return new Findings(
          problems.stream()
              .filter(problem -> !problem.warning())
              .map(it -> new Violation(it.pointer(), "invalid", Optional.empty(), it.message()))
              .toList(),
          problems.stream().filter(Problem::warning).toList());
    }

    /**
     * Adds the findings of another check.
     *
     * @param others the other findings
     * @return all findings
     */
    public Findings and(Findings others) {
      return new Findings(
          Stream.concat(violations.stream(), others.violations.stream()).toList(),
          Stream.concat(warnings.stream(), others.warnings.stream()).toList());
    }
  }

  /**
   * Returns the keys of a document that its row in a list contains in addition to the id.
   *
   * @return the keys
   */
  List<String> listed();

  /**
   * Looks up the live state of an account's documents.
   *
   * @param account the account that owns the documents
   * @return a function that adds the live state to the rows of a list
   */
  Rows rows(AccountId account);

  /**
   * Finds what is running in an account, whether or not a document is stored for it.
   *
   * @param account the account
   * @return what is running; empty if nothing of this type ever runs
   */
  Optional<Running> running(AccountId account);

  /**
   * What is running in an account.
   *
   * @param ids the ids
   * @param listed the keys of a stored document that a row contains in addition to the id
   * @param version the version after which the events of all that begin later follow
   */
  record Running(List<String> ids, List<String> listed, long version) {

    /** Copies the lists. */
    public Running {
      ids = List.copyOf(ids);
      listed = List.copyOf(listed);
    }
  }

  /**
   * Adds live state to a document.
   *
   * @param account the account that owns the document
   * @param id the document's id
   * @param document the document to which to add the live state
   * @return whether live state exists, which is possible even if the document is not stored
   */
  boolean addLive(AccountId account, String id, ObjectNode document);

  /** Adds live state to the rows of a list. */
  @FunctionalInterface
  interface Rows {

    /**
     * Adds the live state of one document to its row.
     *
     * @param id the document's id
     * @param row the row to which to add the live state
     * @return whether it is running
     */
    boolean add(String id, ObjectNode row);
  }
}
