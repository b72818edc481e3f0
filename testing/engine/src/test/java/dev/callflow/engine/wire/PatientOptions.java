package dev.callflow.engine.wire;

import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;

/**
 * Options for hosts that run in real time. FreeSWITCH may take as long as {@link Eventually} waits,
 * so that a slow machine changes no result.
 */
public final class PatientOptions {

  private PatientOptions() {}

  /** Listens for calls on a free port. */
  public static FreeSwitchOptions.Builder of(SimulatedFreeSwitch freeSwitch, String password) {
    return FreeSwitchOptions.builder(
            new InetSocketAddress("127.0.0.1", 0), freeSwitch.esl(), password)
        .controlTimeout(Eventually.LIMIT);
  }
}
