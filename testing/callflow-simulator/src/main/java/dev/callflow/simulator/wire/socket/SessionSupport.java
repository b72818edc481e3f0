package dev.callflow.simulator.wire.socket;

import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.wire.job.Activity;
import dev.callflow.simulator.wire.job.Jobs;
import dev.callflow.simulator.wire.setup.WireFaults;
import java.util.function.Supplier;

/**
 * The services that all connections share.
 *
 * @param time the time source of the connections' threads
 * @param activity counts the connections' threads as busy while they work
 * @param jobs runs delayed work, and lets threads wait
 * @param faults returns the current faults
 */
public record SessionSupport(
    TimeSource time, Activity activity, Jobs jobs, Supplier<WireFaults> faults) {}
