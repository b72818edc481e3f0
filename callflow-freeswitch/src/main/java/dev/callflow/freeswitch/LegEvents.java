package dev.callflow.freeswitch;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.time.Inbox;
import dev.callflow.esl.EslCallEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the events of a leg to the call's thread. Guarded by the leg's lock. */
final class LegEvents {

  private static final Logger LOG = LoggerFactory.getLogger(LegEvents.class);

  private final CallId id;
  private final Inbox<LegEvent> inbox;
  private boolean hungUpByUs;
  private boolean hasHungUp;

  LegEvents(CallId id, Inbox<LegEvent> inbox) {
    this.id = id;
    this.inbox = inbox;
  }

  Inbox<LegEvent> inbox() {
    return inbox;
  }

  void publish(LegEvent event) {
    if (!inbox.offer(event)) {
      LOG.warn("call {}: dropping an event because the call's queue is full: {}", id, event);
    }
  }

  /** Publishes the keys of an event, ignoring characters that are not keys. */
  void publishKeys(String keys) {
    for (char key : keys.toCharArray()) {
      if ("0123456789*#ABCD".indexOf(key) >= 0) {
        publish(new LegEvent.Dtmf(key));
      }
    }
  }

  /** Notes that we are hanging up. */
  void hangingUp() {
    hungUpByUs = !hasHungUp;
  }

  /** Notes that FreeSWITCH has reported a hangup; the end of the call is still to come. */
  void hangupReported() {
    hasHungUp = true;
  }

  boolean hasHungUp() {
    return hasHungUp;
  }

  /** Publishes the end of the call, after which it is no longer controlled here. */
  void ended(EslCallEnd end) {
    if (end.transferred()) {
      LOG.info("call {}: transferred in FreeSWITCH and no longer controlled here", id);
      inbox.close(new LegEvent.HungUp(EndedBy.SWITCH, HangupCause.BLIND_TRANSFER));
      return;
    }
    HangupCause cause =
        end.cause().map(HangupCause::of).orElse(HangupCause.DESTINATION_OUT_OF_ORDER);
    inbox.close(new LegEvent.HungUp(endedBy(end, cause), cause));
  }

  private EndedBy endedBy(EslCallEnd end, HangupCause cause) {
    if (hungUpByUs) {
      return EndedBy.ENGINE;
    }
    return end.lost() || cause.name().equals("SYSTEM_SHUTDOWN") ? EndedBy.SWITCH : EndedBy.CALLER;
  }
}
