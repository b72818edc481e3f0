package dev.callflow.host;

import dev.callflow.core.CallObserver;
import dev.callflow.core.CallRecord;
import dev.callflow.core.call.HangupCause;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registers meters for calls. No meter is tagged with a call, a number or an account, and there are
 * at most as many timers as there are combinations of the parties and causes below.
 */
final class CallMeters implements CallObserver {

  /** The causes that have a value of their own; a switch can send any others. */
  private static final Set<HangupCause> CAUSES =
      Set.of(
          HangupCause.NORMAL_CLEARING,
          HangupCause.UNALLOCATED_NUMBER,
          HangupCause.NORMAL_CIRCUIT_CONGESTION,
          HangupCause.CALL_REJECTED,
          HangupCause.ORIGINATOR_CANCEL,
          HangupCause.NORMAL_TEMPORARY_FAILURE,
          HangupCause.DESTINATION_OUT_OF_ORDER,
          HangupCause.BLIND_TRANSFER);

  private record Ending(String by, String cause) {}

  private final MeterRegistry registry;
  private final Map<Ending, Timer> ended = new ConcurrentHashMap<>();

  CallMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void bindTo(Callflow callflow) {
    Gauge.builder("callflow.calls.live", callflow, it -> it.liveCalls())
        .description("Calls in progress")
        .register(registry);
    Gauge.builder("callflow.freeswitch.connected", callflow, it -> it.connectedFreeSwitches())
        .description("FreeSWITCHes whose control connection is up")
        .register(registry);
    FunctionCounter.builder("callflow.history.dropped", callflow, it -> it.droppedHistory())
        .description("Events and calls that the history lacks, because the store was too slow")
        .register(registry);
  }

  @Override
  public void ended(CallRecord call) {
    String cause = CAUSES.contains(call.cause()) ? word(call.cause().name()) : "other";
    ended
        .computeIfAbsent(new Ending(word(call.endedBy().name()), cause), this::timer)
        .record(call.duration());
  }

  private Timer timer(Ending ending) {
    return Timer.builder("callflow.calls")
        .description("Calls that have ended, and how long they took")
        .tag("ended_by", ending.by())
        .tag("cause", ending.cause())
        .register(registry);
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
