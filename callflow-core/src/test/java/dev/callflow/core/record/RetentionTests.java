package dev.callflow.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.Retention.Limits;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.SteppedTime;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RetentionTests {

  private static final Optional<AccountId> ACME = Optional.of(new AccountId("acme"));

  private final MemoryRecords records = new MemoryRecords();

  private void record(RecordKind kind, String id, Duration age) {
    records.put(new AccountRecord(ACME, kind, id, "", SteppedTime.START.minus(age), Json.object()));
  }

  private List<String> ids(RecordKind kind) {
    return records.list(RecordQuery.newest(ACME.get(), kind, 100)).stream()
        .map(AccountRecord::id)
        .toList();
  }

  @Test
  void historyIsKeptFor90DaysAndTheAuditForAYear() {
    for (RecordKind kind : List.of(RecordKind.CALL, RecordKind.DELIVERY, RecordKind.AUDIT)) {
      record(kind, "of 89 days", Duration.ofDays(89));
      record(kind, "of 91 days", Duration.ofDays(91));
      record(kind, "of 366 days", Duration.ofDays(366));
    }
    runFor(records, Retention.standard(), Duration.ofMinutes(2));

    assertThat(ids(RecordKind.CALL)).containsExactly("of 89 days");
    assertThat(ids(RecordKind.DELIVERY)).containsExactly("of 89 days");
    assertThat(ids(RecordKind.AUDIT)).containsExactly("of 89 days", "of 91 days");
  }

  @Test
  void tokensCredentialsAndPendingDeliveriesStay() {
    List<RecordKind> kinds =
        List.of(RecordKind.TOKEN, RecordKind.CREDENTIAL, RecordKind.PENDING_DELIVERY);
    kinds.forEach(kind -> record(kind, "old", Duration.ofDays(4_000)));
    runFor(records, Retention.standard(), Duration.ofMinutes(2));

    assertThat(kinds).allSatisfy(kind -> assertThat(ids(kind)).containsExactly("old"));
  }

  @Test
  void tokensThatHaveExpiredAreRemoved() {
    token("expired", SteppedTime.START.minusSeconds(1).toString());
    token("expires later", SteppedTime.START.plus(Duration.ofMinutes(30)).toString());
    token("expires in 2099", "2099-01-31T12:00:00Z");
    token("of another format", "never");
    record(RecordKind.TOKEN, "without end", Duration.ofDays(4_000));

    runFor(records, Retention.standard(), Duration.ofMinutes(2));
    assertThat(ids(RecordKind.TOKEN))
        .containsExactlyInAnyOrder(
            "expires later", "expires in 2099", "of another format", "without end");
    runFor(records, Retention.standard(), Duration.ofMinutes(62));
    assertThat(ids(RecordKind.TOKEN))
        .containsExactlyInAnyOrder("expires in 2099", "of another format", "without end");
  }

  private void token(String id, String expires) {
    records.put(
        new AccountRecord(
            ACME,
            RecordKind.TOKEN,
            id,
            "",
            SteppedTime.START,
            Json.object().put("expires", expires)));
  }

  /** Behind 10,000 older tokens, an expired one is reached an hour later. */
  @Test
  void onlySoManyTokensAreCheckedAtOnce() {
    for (int i = 0; i < 10_000; i++) {
      record(RecordKind.TOKEN, "valid " + i, Duration.ofDays(1));
    }
    token("expired", SteppedTime.START.minusSeconds(1).toString());

    runFor(records, Retention.standard(), Duration.ofMinutes(60));
    assertThat(records.find(ACME, RecordKind.TOKEN, "expired")).isPresent();
    runFor(records, Retention.standard(), Duration.ofMinutes(62));
    assertThat(records.find(ACME, RecordKind.TOKEN, "expired")).isEmpty();
    assertThat(records.find(ACME, RecordKind.TOKEN, "valid 9999")).isPresent();
  }

  @Test
  void onlyTheNewestRecordsOfAnAccountStay() {
    record(RecordKind.CALL, "first", Duration.ofHours(3));
    record(RecordKind.CALL, "second", Duration.ofHours(2));
    record(RecordKind.CALL, "third", Duration.ofHours(1));
    runFor(
        records,
        Retention.standard().with(RecordKind.CALL, new Limits(Duration.ofDays(1), 2)),
        Duration.ofMinutes(2));

    assertThat(ids(RecordKind.CALL)).containsExactly("third", "second");
  }

  @Test
  void theAgesOfHistoryAndAuditCanBeChanged() {
    for (RecordKind kind : List.of(RecordKind.CALL, RecordKind.AUDIT)) {
      record(kind, "of 20 hours", Duration.ofHours(20));
      record(kind, "of 2 days", Duration.ofDays(2));
      record(kind, "of 8 days", Duration.ofDays(8));
    }
    runFor(
        records,
        Retention.standard().history(Duration.ofDays(1)).audit(Duration.ofDays(7)),
        Duration.ofMinutes(2));

    assertThat(ids(RecordKind.CALL)).containsExactly("of 20 hours");
    assertThat(ids(RecordKind.AUDIT)).containsExactly("of 20 hours", "of 2 days");
  }

  /** Records that are too old after 30 and 90 minutes are removed after 61 and 121 minutes. */
  @Test
  void oldRecordsAreRemovedEveryHour() {
    Retention day = Retention.standard().history(Duration.ofDays(1));
    record(RecordKind.CALL, "after 30 minutes", Duration.ofMinutes(24 * 60 - 30));
    record(RecordKind.CALL, "after 90 minutes", Duration.ofMinutes(24 * 60 - 90));

    runFor(records, day, Duration.ofMinutes(60));
    assertThat(ids(RecordKind.CALL)).hasSize(2);
    runFor(records, day, Duration.ofMinutes(62));
    assertThat(ids(RecordKind.CALL)).containsExactly("after 90 minutes");
    runFor(records, day, Duration.ofMinutes(122));
    assertThat(ids(RecordKind.CALL)).isEmpty();
  }

  @Test
  void aStoreThatDoesNotAnswerIsAskedAgainAnHourLater() {
    record(RecordKind.CALL, "old", Duration.ofDays(91));
    FailingOnce failing = new FailingOnce(records);

    runFor(failing, Retention.standard(), Duration.ofMinutes(60));
    assertThat(failing.failures).containsExactly(SteppedTime.START.plus(Duration.ofMinutes(1)));
    assertThat(ids(RecordKind.CALL)).containsExactly("old");
    failing.failures.clear();
    runFor(failing, Retention.standard(), Duration.ofMinutes(62));
    assertThat(ids(RecordKind.CALL)).isEmpty();
  }

  @Test
  void limitsThatWouldKeepNothingAreRefused() {
    assertThatThrownBy(() -> Retention.standard().history(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("records must be kept for at least a minute, but the maximum age is PT0S");
    assertThatThrownBy(() -> new Limits(Duration.ofDays(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of records per account must be at least 1, but is 0");
  }

  /** Runs the task on this thread, in stepped time, until it is closed after a duration. */
  private static void runFor(RecordStore records, Retention retention, Duration duration) {
    RetentionTask.start(records, retention, new ClosingAfter(new SteppedTime(), duration)).close();
  }

  /** Time in which an item arrives in each new inbox after a duration. */
  private record ClosingAfter(SteppedTime time, Duration duration) implements TimeSource {

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public Thread start(String name, Runnable task) {
      return time.start(name, task);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Inbox<T> inbox(int capacity) {
      SteppedTime.SteppedInbox<Boolean> inbox =
          (SteppedTime.SteppedInbox<Boolean>) time.<Boolean>inbox(capacity);
      inbox.arrives(duration, true);
      return (Inbox<T>) inbox;
    }

    @Override
    public Timer after(Duration delay, String name, Runnable task) {
      return time.after(delay, name, task);
    }
  }

  /** Records of which nothing can be removed within the first hour. */
  private static final class FailingOnce implements RecordStore {

    private final RecordStore records;
    private final List<Instant> failures = new ArrayList<>();

    FailingOnce(RecordStore records) {
      this.records = records;
    }

    @Override
    public int prune(RecordKind kind, Instant before, int maxPerAccount) {
      Instant now = before.plus(kind == RecordKind.AUDIT ? 365 : 90, ChronoUnit.DAYS);
      if (now.isBefore(SteppedTime.START.plus(Duration.ofHours(1)))) {
        failures.add(now);
        throw new StoreUnavailableException("the store does not answer");
      }
      return records.prune(kind, before, maxPerAccount);
    }

    @Override
    public void putAll(List<AccountRecord> added) {
      records.putAll(added);
    }

    @Override
    public Optional<AccountRecord> find(Optional<AccountId> account, RecordKind kind, String id) {
      return records.find(account, kind, id);
    }

    @Override
    public Optional<AccountRecord> findAnywhere(RecordKind kind, String id) {
      return records.findAnywhere(kind, id);
    }

    @Override
    public List<AccountRecord> list(RecordQuery query) {
      return records.list(query);
    }

    @Override
    public Optional<AccountRecord> update(
        Optional<AccountId> account, RecordKind kind, String id, UnaryOperator<ObjectNode> change) {
      return records.update(account, kind, id, change);
    }

    @Override
    public boolean claim(AccountRecord record, Instant at) {
      return records.claim(record, at);
    }

    @Override
    public boolean remove(Optional<AccountId> account, RecordKind kind, String id) {
      return records.remove(account, kind, id);
    }

    @Override
    public int removeAll(AccountId account) {
      return records.removeAll(account);
    }
  }
}
