package dev.callflow.api.account;

import dev.callflow.api.access.StoredTokens;
import dev.callflow.api.call.CallPlaces;
import dev.callflow.conference.Conferences;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableAccounts;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Revision;
import dev.callflow.core.record.RecordStore;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Removes an account with all that belongs to it (docs/spec/api.md#accounts).
 *
 * @param store the store of the accounts and documents
 * @param records the store of history, audit, tokens, credentials and deliveries
 * @param tokens the tokens in that store
 * @param conferences the conferences of this host
 * @param calls the calls of this host; empty if they are not known
 */
record AccountRemoval(
    EditableStore store,
    RecordStore records,
    StoredTokens tokens,
    Conferences conferences,
    Optional<CallPlaces> calls) {

  private static final int MAX_ATTEMPTS = 10;

  /** What came of a removal. */
  sealed interface Result {

    /** The account is gone; this was its document. */
    record Removed(ObjectNode body) implements Result {}

    /** The account has conferences or calls, which the text counts. */
    record InUse(String by) implements Result {}

    /** There is no such account. */
    record Missing() implements Result {}

    /** The account's document is another one. */
    record Changed() implements Result {}
  }

  /**
   * Removes an account.
   *
   * @param expected the revision that the client expects; empty to accept any
   */
  Result remove(AccountId id, Optional<Revision> expected) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<ObjectNode> before = store.accountBody(id);
      if (before.isEmpty()) {
        return new Result.Missing();
      }
      if (expected.isPresent() && !expected.get().equals(AccountBody.revision(before.get()))) {
        return new Result.Changed();
      }
      Optional<String> use = use(id);
      if (use.isPresent()) {
        return new Result.InUse(use.get());
      }
      // First, because a failure leaves an account whose removal can be repeated. Otherwise tokens
      // could be left that are valid for a later account with the same id.
      records.removeAll(id);
      switch (store.removeAccount(id, before.get())) {
        case EditableAccounts.Result.Written() -> {
          // What was added meanwhile, such as a login.
          records.removeAll(id);
          tokens.removed(id);
          return new Result.Removed(before.get());
        }
        case EditableAccounts.Result.Missing() -> {
          return new Result.Missing();
        }
        case EditableAccounts.Result.Changed() -> {}
        case EditableAccounts.Result.Exists exists ->
            throw new IllegalStateException(exists.toString());
        case EditableAccounts.Result.RealmTaken taken ->
            throw new IllegalStateException(taken.toString());
      }
    }
    return new Result.Changed();
  }

  private Optional<String> use(AccountId id) {
    int rooms = conferences.running(id).size();
    int running = calls.map(places -> places.list(id).size()).orElse(0);
    return rooms + running == 0
        ? Optional.empty()
        : Optional.of(counted(rooms, "conference") + " and " + counted(running, "call"));
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
