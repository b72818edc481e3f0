package dev.callflow.simulator.wire.socket;

import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.wire.job.Activity;
import dev.callflow.simulator.wire.job.Jobs;
import dev.callflow.simulator.wire.setup.WireFaults;
import java.util.function.Supplier;

/**
 * What every connection runs on.
 *
 * @param time the time by which its threads wait
 * @param activity counts its thread as busy while it works
 * @param jobs lets it wait, and do things later
 * @param faults what goes wrong at present
 */
public record SessionSupport(
    TimeSource time, Activity activity, Jobs jobs, Supplier<WireFaults> faults) {}
