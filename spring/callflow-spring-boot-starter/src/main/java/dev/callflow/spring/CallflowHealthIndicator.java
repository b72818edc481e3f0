package dev.callflow.spring;

import dev.callflow.host.Callflow;
import dev.callflow.host.Health;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of Callflow. It is up if calls can be handled, out of service while Callflow closes,
 * and down otherwise. It belongs to readiness: a restart does not bring a FreeSWITCH or a database
 * back, and would end nothing but calls.
 */
final class CallflowHealthIndicator extends AbstractHealthIndicator {

  private final Callflow callflow;

  CallflowHealthIndicator(Callflow callflow) {
    this.callflow = callflow;
  }

  @Override
  protected void doHealthCheck(org.springframework.boot.health.contributor.Health.Builder result) {
    Health health = callflow.health();
    Map<String, Object> freeSwitches = new LinkedHashMap<>();
    for (Health.Link each : health.freeSwitches()) {
      freeSwitches.put(
          each.name(),
          (each.connected() ? "connected since " : "disconnected since ") + each.since());
    }
    result
        .status(status(health))
        .withDetail("freeSwitches", freeSwitches)
        .withDetail("storeReachable", health.storeReachable())
        .withDetail("rooms", health.rooms())
        .withDetail("calls", health.calls());
  }

  private static Status status(Health health) {
    if (health.closing()) {
      return Status.OUT_OF_SERVICE;
    }
    return health.ready() ? Status.UP : Status.DOWN;
  }
}
