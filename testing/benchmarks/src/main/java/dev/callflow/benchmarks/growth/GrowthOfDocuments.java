package dev.callflow.benchmarks.growth;

import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Revision;
import dev.callflow.core.document.WriteResult;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.store.Quotas;
import dev.callflow.core.time.TimeSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account with a number of callflows, each with a number and a pattern, and as many conferences,
 * each with a conference number.
 */
final class GrowthOfDocuments {

  private static final List<Integer> SIZES = List.of(10, 1_000, 10_000, 100_000);
  private static final AccountId ACME = new AccountId("acme");
  private static final int PAGE = 50;
  private static final String CHANGED = "callflow-5";

  private final MemoryStore store =
      new MemoryStore(
          TimeSource.system(), Quotas.standard().documents(1_000_000).bytes(Long.MAX_VALUE));
  private final CallflowLookup lookup = new CallflowLookup(store);
  private final Account account;
  private final int size;
  private int turn;

  private GrowthOfDocuments(int size) {
    this.size = size;
    store.account(ACME, Json.object());
    account = store.account(ACME).orElseThrow();
    for (int i = 0; i < size; i++) {
      store.put(ACME, DocumentType.CALLFLOW, "callflow-" + i, callflow(i));
      store.put(ACME, DocumentType.CONFERENCE, "conference-" + i, conference(i));
    }
  }

  private static ObjectNode callflow(int number) {
    return Json.readObject(
        """
        {"name": "Callflow %1$d", "numbers": ["+4930%1$06d"], "patterns": ["^\\\\+4989%1$06d(\\\\d*)$"],
         "flow": {"module": "conference", "data": {"id": "conference-%1$d"}, "children": {}}}
        """
            .formatted(number));
  }

  private static ObjectNode conference(int number) {
    return Json.readObject(
        """
        {"name": "Conference %1$d", "conference_numbers": ["%1$d"],
         "member": {"pins": ["123456"]}, "moderator": {"pins": ["654321"]}}
        """
            .formatted(number));
  }

  static void print() {
    GrowthTable table = new GrowthTable("callflows, and as many conferences", SIZES);
    List<GrowthOfDocuments> all = SIZES.stream().map(GrowthOfDocuments::new).toList();
    table.row("a callflow by number", all.stream().map(it -> (GrowthStep) it::byNumber).toList());
    table.row("a callflow by pattern", all.stream().map(it -> (GrowthStep) it::byPattern).toList());
    table.row(
        "a number that nothing matches", all.stream().map(it -> (GrowthStep) it::unknown).toList());
    table.row(
        "a conference by number", all.stream().map(it -> (GrowthStep) it::conference).toList());
    table.row(
        "a page of 50 conferences, for each",
        all.stream().map(it -> (GrowthStep) it::page).toList());
    table.row(
        "a conference is created, removed",
        all.stream().map(it -> (GrowthStep) it::create).toList());
    table.row(
        "a callflow changes, then one by number",
        all.stream().map(it -> (GrowthStep) it::changeThenNumber).toList());
    table.row(
        "a callflow changes, then one by pattern",
        all.stream().map(it -> (GrowthStep) it::changeThenPattern).toList());
  }

  /** Returns the same ten documents again and again, spread over all of them. */
  private int next() {
    turn++;
    return turn % 10 * (size / 10);
  }

  private int byNumber() {
    require(lookup.byNumber(account, "+4930%06d".formatted(next()), false).isPresent());
    return 1;
  }

  private int byPattern() {
    require(lookup.byNumber(account, "+4989%06d12".formatted(next()), false).isPresent());
    return 1;
  }

  private int unknown() {
    require(lookup.byNumber(account, "+4940%06d".formatted(next()), false).isEmpty());
    return 1;
  }

  private int conference() {
    require(store.withNumber(ACME, DocumentType.CONFERENCE, String.valueOf(next())).size() == 1);
    return 1;
  }

  private int page() {
    Optional<String> from = Optional.of("conference-" + next());
    return store.page(ACME, DocumentType.CONFERENCE, from, true, PAGE).size();
  }

  private int create() {
    ObjectNode body = conference(1_000_000);
    WriteResult created = store.create(ACME, DocumentType.CONFERENCE, "more", body);
    Revision revision = ((WriteResult.Written) created).stored().revision();
    require(
        store.remove(ACME, DocumentType.CONFERENCE, "more", revision)
            instanceof WriteResult.Written);
    return 1;
  }

  private int changeThenNumber() {
    change();
    return byNumber();
  }

  private int changeThenPattern() {
    change();
    return byPattern();
  }

  private void change() {
    ObjectNode body = callflow(5).put("turn", turn);
    store.put(ACME, DocumentType.CALLFLOW, CHANGED, body);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the documents are not found as expected");
    }
  }
}
