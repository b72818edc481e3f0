package dev.callflow.conference.micrometer;

import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Registers meters for the limits of accounts, each with the tag {@code limit}: {@code
 * callflow.limits.used} (how much all accounts together use) and {@code callflow.limits.refusals}
 * (how often the limit was the reason for a refusal, or for stopping an account's recordings). No
 * meter is tagged with an account; the log and the event {@code account-limit} name the accounts
 * that reach a limit.
 *
 * <p>The registry keeps no strong reference to the limits. Safe for use by any thread.
 */
// Micrometer is an optional dependency: only users of this class need it.
@SuppressWarnings("exports")
public final class LimitMeters implements MeterBinder {

  private final Limits limits;

  /**
   * Creates the binder.
   *
   * @param limits the limits that the engine and the conferences share
   */
  public LimitMeters(Limits limits) {
    this.limits = limits;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Limit limit : Limit.values()) {
      Gauge.builder("callflow.limits.used", limits, it -> it.used(limit))
          .description("How much of the limit all accounts together use")
          .tag("limit", limit.key())
          .register(registry);
      FunctionCounter.builder("callflow.limits.refusals", limits, it -> it.refused(limit))
          .description("Refusals, and recordings that were stopped, because of the limit")
          .tag("limit", limit.key())
          .register(registry);
    }
  }
}
