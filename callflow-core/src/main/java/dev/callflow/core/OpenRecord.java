package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.document.AccountId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the record of a call while it runs. Owned by the call's thread. */
final class OpenRecord {

  private final CallId id;
  private final IncomingCall incoming;
  private final boolean continued;
  private final Instant start;
  private @Nullable AccountId account;
  private @Nullable String callflow;
  private @Nullable Call call;

  OpenRecord(CallId id, IncomingCall incoming, boolean continued, Instant start) {
    this.id = id;
    this.incoming = incoming;
    this.continued = continued;
    this.start = start;
  }

  void belongsTo(AccountId owner) {
    account = owner;
  }

  void runs(Call running, String flow) {
    call = running;
    callflow = flow;
  }

  CallRecord ended(LegEvent.HungUp how, Instant end) {
    return new CallRecord(
        id,
        Optional.ofNullable(account),
        incoming.callerNumber(),
        incoming.callerName(),
        incoming.number(),
        Optional.ofNullable(callflow),
        start,
        Optional.ofNullable(call).flatMap(Call::answered),
        end,
        how.by(),
        how.cause(),
        continued);
  }
}
