package dev.callflow.host.history;

import dev.callflow.core.CallRecord;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Records calls that have ended. Used by the history's thread only. */
final class Calls {

  private final Unwritten records;

  Calls(Unwritten records) {
    this.records = records;
  }

  /** Records a call. One that another process has had before keeps its start and its answer. */
  void ended(CallRecord call) {
    String id = RecordId.of(call.id().value());
    Optional<AccountRecord> before =
        call.continued() ? records.find(call.account(), RecordKind.CALL, id) : Optional.empty();
    Instant start = before.map(AccountRecord::at).orElse(call.start());
    Optional<Instant> answered =
        before
            .filter(it -> it.body().has("answered"))
            .map(it -> GregorianTime.toInstant(it.body().path("answered").asLong(0)))
            .or(call::answered);
    ObjectNode body =
        Json.object()
            .put("call_id", call.id().value())
            .put("caller_id_name", RecordId.shortened(call.callerName()))
            .put("caller_id_number", RecordId.shortened(call.callerNumber()))
            .put("dialed_number", RecordId.shortened(call.number()))
            .put("started", GregorianTime.of(start))
            .put("ended", GregorianTime.of(call.end()))
            .put("duration_seconds", seconds(start, call.end()))
            .put("ended_by", call.endedBy().name().toLowerCase(Locale.ROOT))
            .put("hangup_cause", call.cause().name())
            .put("continued", call.continued());
    answered.ifPresent(at ->
        body.put("answered", GregorianTime.of(at)).put("billing_seconds", seconds(at, call.end())));
    call.callflow().ifPresent(callflow -> body.put("callflow_id", callflow));
    records.put(
        new AccountRecord(
            call.account(), RecordKind.CALL, id, RecordId.shortened(call.number()), start, body));
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }
}
