package dev.callflow.host.history;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.GregorianTime;
import dev.callflow.core.record.RecordKind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Records the callers who were not let into a conference. */
final class RefusedCallers {

  private RefusedCallers() {}

  static AccountRecord record(ConferenceEvent.CallerRefused event) {
    String conference = event.conference();
    ObjectNode body =
        Json.object()
            .put("call_id", event.call().value())
            .put("caller_id_name", RecordId.shortened(event.callerName()))
            .put("caller_id_number", RecordId.shortened(event.callerNumber()))
            .put("reason", event.reason().key())
            .put("time", GregorianTime.of(event.time()));
    if (!conference.isEmpty()) {
      body.put("conference_id", conference);
    }
    return new AccountRecord(
        Optional.of(event.account()),
        RecordKind.REFUSAL,
        RecordId.of(event.call().value(), String.valueOf(event.version())),
        RecordId.shortened(conference),
        event.time(),
        body);
  }
}
