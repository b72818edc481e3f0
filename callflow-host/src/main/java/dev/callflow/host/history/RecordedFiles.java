package dev.callflow.host.history;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Records the recordings of runs. Used by the history's thread only. */
final class RecordedFiles {

  /** Why a recording has not begun; missing if it has. */
  private static final String REASON = "reason";

  private static final String NOT_OPENED = "not_opened";

  private final Unwritten records;

  RecordedFiles(Unwritten records) {
    this.records = records;
  }

  void started(Run run, ConferenceEvent.RecordingStarted event) {
    if (event.path().isEmpty()) {
      return;
    }
    AccountRecord record = record(run, event.path(), event.time());
    if (event.failed()) {
      record.body().put("ended", GregorianTime.of(event.time())).put(REASON, NOT_OPENED);
    } else {
      run.startRecording(record.id());
    }
    records.put(record);
  }

  void stopped(Run run, ConferenceEvent.RecordingStopped event) {
    if (event.path().isEmpty()) {
      return;
    }
    String id = RecordId.ofRecording(event.path());
    AccountRecord record =
        records
            .find(Optional.of(run.room().account()), RecordKind.RECORDING, id)
            .orElseGet(() -> record(run, event.path(), event.time().minus(event.duration())));
    if (record.body().has(REASON)) {
      // FreeSWITCH also reports the end of what has never begun.
      return;
    }
    ObjectNode body = record.body().deepCopy().put("ended", GregorianTime.of(event.time()));
    if (event.duration().isPositive()) {
      body.put("milliseconds", event.duration().toMillis());
    }
    if (event.bytes() > 0) {
      body.put("bytes", event.bytes());
    }
    records.put(record.withBody(body));
    run.stopRecording(id);
  }

  /** Ends the recordings of a run that have no end. */
  void endAll(AccountId account, String conference, String run, Instant at) {
    records.forEach(
        account,
        RecordKind.RECORDING,
        conference,
        record -> {
          ObjectNode body = record.body();
          if (!body.has("ended") && body.path("run").asString("").equals(run)) {
            records.put(record.withBody(body.deepCopy().put("ended", GregorianTime.of(at))));
          }
        });
  }

  private static AccountRecord record(Run run, String path, Instant started) {
    return new AccountRecord(
        Optional.of(run.room().account()),
        RecordKind.RECORDING,
        RecordId.ofRecording(path),
        RecordId.shortened(run.room().conference()),
        started,
        Json.object()
            .put("conference_id", run.room().conference())
            .put("run", run.id())
            .put("name", path.substring(path.lastIndexOf('/') + 1))
            .put("path", path)
            .put("started", GregorianTime.of(started)));
  }
}
