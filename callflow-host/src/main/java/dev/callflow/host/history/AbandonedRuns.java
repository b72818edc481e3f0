package dev.callflow.host.history;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Ends the runs whose host has stopped, and that no host has taken over: their rooms are gone. Of
 * several hosts that share a store, one ends a run. Used by the history's thread only.
 */
final class AbandonedRuns {

  /** The time after which a room that no host has seen running is taken for gone. */
  static final Duration UNSEEN = Duration.ofMinutes(3);

  private final RecordStore store;
  private final Unwritten records;
  private final Runs runs;
  private final Participants participants;
  private final RecordedFiles recordings;

  AbandonedRuns(RecordStore store, Unwritten records, Runs runs) {
    this.store = store;
    this.records = records;
    this.runs = runs;
    participants = new Participants(records);
    recordings = new RecordedFiles(records);
  }

  void end(Instant now) {
    RecordQuery unseen =
        RecordQuery.oldest(RecordKind.RUNNING, RecordQuery.MAX_LIMIT)
            .between(Optional.empty(), Optional.of(now.minus(UNSEEN)));
    for (AccountRecord seen : store.list(unseen)) {
      // The claim gives this host the time until the run counts as unseen again.
      if (!runs.isRunning(seen.id()) && store.claim(seen, now)) {
        seen.account().ifPresent(account -> end(account, seen));
      }
    }
  }

  private void end(AccountId account, AccountRecord seen) {
    Optional<AccountRecord> run =
        records
            .find(seen.account(), RecordKind.CONFERENCE, seen.id())
            .filter(it -> !it.body().has("ended"));
    if (run.isPresent()) {
      participants.endAll(account, seen.id(), Set.of(), seen.at(), Participants.UNKNOWN);
      recordings.endAll(account, seen.subject(), seen.id(), seen.at());
      records.put(Run.ended(run.get(), seen.at(), Optional.of(Participants.UNKNOWN)));
    }
    records.remove(account, RecordKind.RUNNING, seen.id());
  }
}
