package dev.callflow.core.record;

import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Removes the records of a kind whose content has a time {@code expires} in the past, such as the
 * tokens of logins.
 *
 * <p>Each call reads a bounded number of records, however many there are, and continues behind
 * those of the call before. Used by one thread at a time.
 */
final class ExpiredRecords {

  /** How many pages of {@value RecordQuery#MAX_LIMIT} records a call reads at most. */
  private static final int MAX_PAGES = 10;

  private static final String EXPIRES = "expires";

  private final RecordStore records;
  private final RecordKind kind;
  private final TimeSource time;
  private Optional<RecordQuery.Position> last = Optional.empty();

  ExpiredRecords(RecordStore records, RecordKind kind, TimeSource time) {
    this.records = records;
    this.kind = kind;
    this.time = time;
  }

  /** Removes the records that have expired among those that are read; returns how many. */
  int remove() {
    int removed = 0;
    for (int i = 0; i < MAX_PAGES; i++) {
      List<AccountRecord> page =
          records.list(RecordQuery.oldest(kind, RecordQuery.MAX_LIMIT).after(last));
      for (AccountRecord record : page) {
        if (isExpired(record) && records.remove(record.account(), kind, record.id())) {
          removed++;
        }
      }
      if (page.size() < RecordQuery.MAX_LIMIT) {
        last = Optional.empty();
        return removed;
      }
      last = Optional.of(new RecordQuery.Position(page.getLast().at(), page.getLast().id()));
    }
    return removed;
  }

  private boolean isExpired(AccountRecord record) {
    return Json.text(record.body(), EXPIRES)
        .flatMap(ExpiredRecords::read)
        .filter(end -> !time.now().isBefore(end))
        .isPresent();
  }

  private static Optional<Instant> read(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
