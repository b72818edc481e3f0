package dev.callflow.core;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.time.OneLine;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A call that has not ended: its leg, what it holds, and what its record will say. Owned by the
 * call's thread.
 */
final class OpenCall {

  private final Leg leg;
  private final IncomingCall incoming;
  private final boolean continued;
  private final Instant start;
  private @Nullable AccountId account;
  private @Nullable String callflow;
  private @Nullable Call call;
  private Lease lease = Lease.NONE;
  private boolean inOrder;

  OpenCall(Leg leg, IncomingCall incoming, boolean continued, Instant start) {
    this.leg = leg;
    this.incoming = incoming;
    this.continued = continued;
    this.start = start;
  }

  Leg leg() {
    return leg;
  }

  IncomingCall incoming() {
    return incoming;
  }

  /** Notes that no earlier thread handles the call any longer. */
  void isInOrder(boolean now) {
    inOrder = now;
  }

  boolean isInOrder() {
    return inOrder;
  }

  /** Holds the call's place among those that the account may have. */
  void holds(Lease place) {
    lease = place;
  }

  /** Gives the call's place back; does nothing if that has already happened. */
  void giveBack() {
    lease.close();
  }

  /** Adds to the log of this thread which call it handles. */
  void log() {
    MDC.put("call", leg.id().value());
    if (account != null) {
      MDC.put("account", account.value());
    }
    if (callflow != null) {
      MDC.put("flow", OneLine.of(callflow));
    }
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
        leg.id(),
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
