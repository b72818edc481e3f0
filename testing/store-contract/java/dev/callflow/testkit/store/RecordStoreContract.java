package dev.callflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests a store of records against the contract of {@link RecordStore}. Implement this interface in
 * a test class.
 *
 * <p>Some tests write from many threads at once. All tests together take a few seconds at most.
 */
@SuppressWarnings("exports") // JUnit is an optional dependency: only tests need it.
public interface RecordStoreContract {

  /** The account that most tests write to. */
  Optional<AccountId> ACME = Optional.of(new AccountId("acme"));

  /** Another account, which must not be affected. */
  Optional<AccountId> OTHER = Optional.of(new AccountId("other"));

  /** The owner of records that belong to no account. */
  Optional<AccountId> HOST = Optional.empty();

  /** The time of the first records. */
  Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** The number of concurrent writers. */
  int WRITERS = 8;

  /**
   * Returns the store under test. It must be empty at the start of each test, and must be the same
   * object throughout the test.
   *
   * @return the store
   */
  RecordStore records();

  /**
   * Returns another store for the same records, such as another process would use. Half of the
   * concurrent writers use it.
   *
   * @return the other store; by default {@link #records()}
   */
  default RecordStore another() {
    return records();
  }

  // ---- One record

  /** A record is found as it was stored, with times in milliseconds. */
  @Test
  default void aRecordIsFoundAsItWasStored() {
    AccountRecord stored =
        new AccountRecord(
            ACME,
            RecordKind.CALL,
            "call-1",
            "4930123",
            NOON.plusNanos(1_999_999),
            json("{\"caller\": {\"name\": \"Größe\", \"numbers\": [1, null]}}"));
    records().put(stored);

    assertThat(records().find(ACME, RecordKind.CALL, "call-1")).contains(stored);
    assertThat(stored.at()).isEqualTo(NOON.plusMillis(1));
    assertThat(records().findAnywhere(RecordKind.CALL, "call-1")).contains(stored);
  }

  /** Ids and subjects may contain any character, and content, too. */
  @Test
  default void anyStringCanBeAnIdOrASubject() {
    List<String> hard =
        List.of(
            "a\0b", "\ud83d", "\udc00", "\ud83d\ude00", "\\", "\\0000", "'", "%", " ", "Ä", "ä");
    for (String text : hard) {
      AccountRecord record =
          new AccountRecord(
              ACME, RecordKind.CALL, text, text, NOON, Json.object().put("text", text));
      records().put(record);
      assertThat(records().find(ACME, RecordKind.CALL, text)).contains(record);
      assertThat(records().findAnywhere(RecordKind.CALL, text)).contains(record);
      assertThat(records().list(newest(ACME).subject(text))).containsExactly(record);
    }
    assertThat(records().list(newest(ACME))).hasSize(hard.size());
  }

  /** The longest allowed ids and subjects can be stored, of characters that take much space. */
  @Test
  default void longIdsAndSubjectsCanBeStored() {
    for (String character : List.of("x", "\0", "\u20ac", "\\")) {
      AccountRecord record = record(ACME, character.repeat(128), character.repeat(256), 0);
      records().put(record);
      assertThat(records().find(ACME, RecordKind.CALL, record.id())).contains(record);
      assertThat(records().list(newest(ACME).subject(record.subject()))).containsExactly(record);
    }
  }

  /** Records of the same id are different ones if the account or kind differs. */
  @Test
  default void accountsDoNotSeeTheRecordsOfOthers() {
    records().put(record(ACME, "a", "", 1));
    records().put(record(OTHER, "b", "", 2));
    records().put(record(HOST, "c", "", 3));

    assertThat(ids(newest(ACME))).containsExactly("a");
    assertThat(ids(newest(OTHER))).containsExactly("b");
    assertThat(ids(newest(HOST))).containsExactly("c");
    assertThat(ids(RecordQuery.oldest(RecordKind.CALL, 10))).containsExactly("a", "b", "c");
    assertThat(records().find(ACME, RecordKind.CALL, "b")).isEmpty();
    assertThat(records().find(HOST, RecordKind.CALL, "b")).isEmpty();
    assertThat(records().find(ACME, RecordKind.CALL, "c")).isEmpty();
    assertThat(records().remove(ACME, RecordKind.CALL, "b")).isFalse();
    assertThat(records().update(ACME, RecordKind.CALL, "b", body -> body.put("n", 1))).isEmpty();
    assertThat(records().claim(record(ACME, "b", "", 2), NOON)).isFalse();
    assertThat(records().find(OTHER, RecordKind.CALL, "b")).contains(record(OTHER, "b", "", 2));
    assertThat(records().find(ACME, RecordKind.AUDIT, "a")).isEmpty();
    assertThat(records().findAnywhere(RecordKind.AUDIT, "a")).isEmpty();
  }

  /** A record of the same account, kind and id is replaced, with its subject and time. */
  @Test
  default void aRecordOfTheSameIdIsReplaced() {
    records().put(record(ACME, "a", "one", 1));
    records().put(record(OTHER, "a", "one", 1));
    AccountRecord second = record(ACME, "a", "two", 5).withBody(json("{\"n\": 2}"));
    records().put(second);

    assertThat(records().list(newest(ACME))).containsExactly(second);
    assertThat(ids(newest(ACME).subject("one"))).isEmpty();
    assertThat(records().list(newest(OTHER))).containsExactly(record(OTHER, "a", "one", 1));
  }

  /** A removed record is not found; removing it again changes nothing. */
  @Test
  default void aRemovedRecordIsNotFound() {
    records().put(record(ACME, "a", "", 1));

    assertThat(records().remove(ACME, RecordKind.CALL, "a")).isTrue();
    assertThat(records().remove(ACME, RecordKind.CALL, "a")).isFalse();
    assertThat(records().find(ACME, RecordKind.CALL, "a")).isEmpty();
    assertThat(ids(newest(ACME))).isEmpty();
  }

  // ---- Several records

  /** Several records are stored at once, new ones and replacements; the last of an id remains. */
  @Test
  default void severalRecordsAreStoredAtOnce() {
    records().put(record(ACME, "a", "before", 1));
    records()
        .putAll(
            List.of(
                record(OTHER, "z", "", 1),
                record(ACME, "b", "first", 2),
                record(ACME, "a", "after", 3),
                record(ACME, "b", "second", 4),
                record(HOST, "h", "", 1)));
    records().putAll(List.of());

    assertThat(records().list(newest(ACME)))
        .containsExactly(record(ACME, "b", "second", 4), record(ACME, "a", "after", 3));
    assertThat(ids(newest(OTHER))).containsExactly("z");
    assertThat(ids(newest(HOST))).containsExactly("h");
  }

  /** Writers that store the same records in different orders do not disturb each other. */
  @Test
  default void concurrentWritersOfTheSameRecordsAllSucceed() {
    List<String> ids = List.of("a", "b", "c", "d", "e");
    together(writer -> {
      List<AccountRecord> own =
          ids.stream().map(id -> record(ACME, id, "writer " + writer, writer)).toList();
      for (int round = 0; round < 10; round++) {
        storeOf(writer).putAll(writer % 3 == 0 ? own : own.reversed());
      }
      return true;
    });

    List<AccountRecord> stored = records().list(newest(ACME));
    assertThat(stored).extracting(AccountRecord::id).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(stored).extracting(AccountRecord::subject).containsOnly(stored.getFirst().subject());
  }

  // ---- Lists

  /** Records are ordered by time and then by id, as Java compares strings. */
  @Test
  default void recordsAreOrderedByTimeAndId() {
    List<String> inOrder = List.of("B", "_", "a", "\u00e4", "\ud83d\ude00", "\uff5e");
    inOrder.reversed().forEach(id -> records().put(record(ACME, id, "", 5)));
    records().put(record(ACME, "zz", "", 1));
    records().put(record(ACME, "A", "", 9));

    assertThat(ids(newest(ACME)))
        .containsExactly("A", "\uff5e", "\ud83d\ude00", "\u00e4", "a", "_", "B", "zz");
    assertThat(ids(RecordQuery.oldest(RecordKind.CALL, 10)))
        .containsExactly("zz", "B", "_", "a", "\u00e4", "\ud83d\ude00", "\uff5e", "A");
  }

  /** A list ends after the given number of records. */
  @Test
  default void aListHasAtMostTheGivenNumberOfRecords() {
    IntStream.range(0, 5).forEach(n -> records().put(record(ACME, "r" + n, "", n)));

    assertThat(ids(RecordQuery.newest(ACME.get(), RecordKind.CALL, 2))).containsExactly("r4", "r3");
  }

  /** The pages of a list together contain every record once, also those of the same time. */
  @Test
  default void pagesContinueBehindAPosition() {
    for (String id : List.of("a", "b", "c", "d")) {
      records().put(record(ACME, id, id.equals("d") ? "other" : "s", 5));
      records().put(record(OTHER, id + "-other", "s", 5));
    }
    records().put(record(ACME, "e", "s", 1));
    records().put(record(ACME, "f", "s", 9));

    assertThat(pages(RecordQuery.newest(ACME.get(), RecordKind.CALL, 2)))
        .containsExactly("f", "d", "c", "b", "a", "e");
    assertThat(pages(RecordQuery.newest(ACME.get(), RecordKind.CALL, 2).subject("s")))
        .containsExactly("f", "c", "b", "a", "e");
    assertThat(pages(RecordQuery.oldest(RecordKind.CALL, 3)))
        .containsExactly("e", "a", "a-other", "b", "b-other", "c", "c-other", "d", "d-other", "f");
  }

  private List<String> pages(RecordQuery query) {
    List<AccountRecord> page = records().list(query);
    List<String> ids = new ArrayList<>();
    while (!page.isEmpty()) {
      page.forEach(record -> ids.add(record.id()));
      AccountRecord last = page.getLast();
      page =
          records().list(query.after(Optional.of(new RecordQuery.Position(last.at(), last.id()))));
    }
    return ids;
  }

  /** A time span includes its start and excludes its end. */
  @Test
  default void aTimeSpanIncludesItsStartAndExcludesItsEnd() {
    for (int n = 1; n <= 5; n++) {
      records().put(record(ACME, "r" + n, n == 3 ? "other" : "s", n));
    }
    RecordQuery span =
        newest(ACME).between(Optional.of(time(2)), Optional.of(time(4).plusNanos(1)));

    assertThat(ids(span)).containsExactly("r4", "r3", "r2");
    assertThat(ids(span.subject("s"))).containsExactly("r4", "r2");
    assertThat(ids(newest(ACME).between(Optional.of(time(4).plusNanos(1)), Optional.empty())))
        .containsExactly("r5");
    assertThat(ids(newest(ACME).between(Optional.empty(), Optional.of(time(2)))))
        .containsExactly("r1");
  }

  // ---- Changes

  /** A change sees the content and replaces it; subject and time remain. */
  @Test
  default void aChangeSeesTheContentBefore() {
    records().put(record(ACME, "a", "s", 1).withBody(json("{\"n\": 1}")));

    AccountRecord changed =
        records()
            .update(ACME, RecordKind.CALL, "a", body -> body.put("n", body.path("n").asInt() + 1))
            .orElseThrow();

    assertThat(changed).isEqualTo(record(ACME, "a", "s", 1).withBody(json("{\"n\": 2}")));
    assertThat(records().find(ACME, RecordKind.CALL, "a")).contains(changed);
  }

  /** A change that throws changes nothing. */
  @Test
  default void aChangeThatFailsChangesNothing() {
    AccountRecord before = record(ACME, "a", "s", 1).withBody(json("{\"n\": 1}"));
    records().put(before);

    assertThat(
            catchThrowable(() ->
                records()
                    .update(
                        ACME,
                        RecordKind.CALL,
                        "a",
                        body -> {
                          body.put("n", 2);
                          throw new IllegalStateException("refused by the change");
                        })))
        .hasMessage("refused by the change");
    assertThat(records().find(ACME, RecordKind.CALL, "a")).contains(before);
  }

  /** No change of concurrent writers is lost. */
  @Test
  default void concurrentChangesAreAllKept() {
    records().put(record(ACME, "a", "", 1).withBody(json("{\"n\": 0}")));
    together(writer -> {
      for (int round = 0; round < 10; round++) {
        storeOf(writer)
            .update(ACME, RecordKind.CALL, "a", body -> body.put("n", body.path("n").asInt() + 1));
      }
      return true;
    });

    assertThat(records().find(ACME, RecordKind.CALL, "a").orElseThrow().body())
        .isEqualTo(json("{\"n\": 80}"));
  }

  /** Of several writers that claim a record with the same time, one succeeds. */
  @Test
  default void onlyOneOfManyWritersClaimsARecord() {
    for (int round = 0; round < 10; round++) {
      AccountRecord pending = record(ACME, "p" + round, "s", round);
      records().put(pending);
      Instant until = time(1_000);
      List<Boolean> results = together(writer -> storeOf(writer).claim(pending, until));

      assertThat(results).filteredOn(claimed -> claimed).hasSize(1);
      assertThat(records().find(ACME, RecordKind.CALL, pending.id()))
          .contains(pending.withTime(until));
    }
  }

  /** A claim needs the time of the record as it is now. */
  @Test
  default void aClaimWithAnotherTimeFails() {
    AccountRecord pending = record(ACME, "p", "s", 1);
    records().put(pending);

    assertThat(records().claim(pending.withTime(time(2)), time(3))).isFalse();
    assertThat(records().claim(record(ACME, "missing", "s", 1), time(3))).isFalse();
    assertThat(records().claim(pending, time(3))).isTrue();
    assertThat(records().claim(pending, time(4))).isFalse();
    assertThat(records().list(newest(ACME))).containsExactly(pending.withTime(time(3)));
  }

  // ---- Old records

  /** Records before a time are removed, of all accounts and the host, but only of one kind. */
  @Test
  default void recordsBeforeATimeAreRemoved() {
    for (Optional<AccountId> owner : List.of(ACME, OTHER, HOST)) {
      for (int n = 1; n <= 3; n++) {
        records().put(record(owner, "r" + n, "", n));
      }
    }
    records().put(new AccountRecord(ACME, RecordKind.AUDIT, "old", "", time(1), Json.object()));

    assertThat(records().prune(RecordKind.CALL, time(2).plusMillis(1), 100)).isEqualTo(6);
    for (Optional<AccountId> owner : List.of(ACME, OTHER, HOST)) {
      assertThat(ids(newest(owner))).containsExactly("r3");
    }
    assertThat(records().find(ACME, RecordKind.AUDIT, "old")).isPresent();
    assertThat(records().prune(RecordKind.CALL, time(2).plusMillis(1), 100)).isZero();
  }

  /** Of each account, only the newest records are kept. */
  @Test
  default void onlyTheNewestRecordsOfEachAccountAreKept() {
    for (int n = 1; n <= 5; n++) {
      records().put(record(ACME, "r" + n, "", n));
      records().put(record(HOST, "r" + n, "", 6 - n));
    }
    records().put(record(OTHER, "r1", "", 1));

    assertThat(records().prune(RecordKind.CALL, NOON.minusSeconds(1), 2)).isEqualTo(6);
    assertThat(ids(newest(ACME))).containsExactly("r5", "r4");
    assertThat(ids(newest(HOST))).containsExactly("r1", "r2");
    assertThat(ids(newest(OTHER))).containsExactly("r1");
  }

  /** More records can be removed than a store would remove in one step. */
  @Test
  default void thousandsOfRecordsCanBeRemoved() {
    for (int hundred = 0; hundred < 25; hundred++) {
      int first = hundred * 100;
      records()
          .putAll(
              IntStream.range(first, first + 100)
                  .mapToObj(n -> record(ACME, "r" + n, "", n))
                  .toList());
    }

    assertThat(records().prune(RecordKind.CALL, time(1_100), 100)).isEqualTo(2_400);
    assertThat(records().list(newest(ACME))).hasSize(100);
  }

  /** All records of an account can be removed, of every kind and however many, and no others. */
  @Test
  default void allRecordsOfAnAccountAreRemoved() {
    for (int hundred = 0; hundred < 11; hundred++) {
      int first = hundred * 100;
      records()
          .putAll(
              IntStream.range(first, first + 100)
                  .mapToObj(n -> record(ACME, "r" + n, "", n))
                  .toList());
    }
    records().put(new AccountRecord(ACME, RecordKind.TOKEN, "t", "s", NOON, Json.object()));
    records().put(record(OTHER, "r1", "", 1));
    records().put(record(HOST, "r1", "", 1));

    assertThat(records().removeAll(ACME.orElseThrow())).isEqualTo(1_101);
    assertThat(records().list(newest(ACME))).isEmpty();
    assertThat(records().findAnywhere(RecordKind.TOKEN, "t")).isEmpty();
    assertThat(ids(newest(OTHER))).containsExactly("r1");
    assertThat(ids(newest(HOST))).containsExactly("r1");
    assertThat(records().removeAll(ACME.orElseThrow())).isZero();
  }

  // ---- Support

  private RecordStore storeOf(int writer) {
    return writer % 2 == 0 ? records() : another();
  }

  private List<String> ids(RecordQuery query) {
    return records().list(query).stream().map(AccountRecord::id).toList();
  }

  private static RecordQuery newest(Optional<AccountId> owner) {
    return new RecordQuery(
        owner
            .<RecordQuery.Owner>map(RecordQuery.Owner.OfAccount::new)
            .orElseGet(RecordQuery.Owner.OfHost::new),
        RecordKind.CALL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        RecordQuery.MAX_LIMIT);
  }

  private static AccountRecord record(
      Optional<AccountId> owner, String id, String subject, int second) {
    return new AccountRecord(owner, RecordKind.CALL, id, subject, time(second), Json.object());
  }

  private static Instant time(int second) {
    return NOON.plusSeconds(second);
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  private static <T> List<T> together(IntFunction<T> writer) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return IntStream.range(0, WRITERS)
          .mapToObj(number -> CompletableFuture.supplyAsync(() -> writer.apply(number), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }
}
