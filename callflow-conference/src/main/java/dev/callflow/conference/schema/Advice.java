package dev.callflow.conference.schema;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects the warnings about a document and provides the documents to compare it with. */
final class Advice {

  private final AccountId account;
  private final DocumentStore store;
  private final boolean complete;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param account the account of the document
   * @param store the store with the account's other documents
   * @param complete whether the store has all documents of the account, so that an unknown id can
   *     be reported
   */
  Advice(AccountId account, DocumentStore store, boolean complete) {
    this.account = account;
    this.store = store;
    this.complete = complete;
  }

  AccountId account() {
    return account;
  }

  DocumentStore store() {
    return store;
  }

  boolean isComplete() {
    return complete;
  }

  void warn(String place, String message) {
    problems.add(Problem.warning(place, message));
  }

  void fail(String place, String message) {
    problems.add(Problem.at(place, message));
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Escapes a key for use in a JSON pointer. */
  static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
