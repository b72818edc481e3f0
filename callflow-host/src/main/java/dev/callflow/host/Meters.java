package dev.callflow.host;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.micrometer.LimitMeters;
import dev.callflow.conference.micrometer.MicrometerConferenceMetrics;
import dev.callflow.core.CallObserver;
import dev.callflow.core.limit.Limits;
import dev.callflow.esl.micrometer.MicrometerEslMetrics;
import dev.callflow.freeswitch.FreeSwitchOptions;
import io.micrometer.core.instrument.MeterRegistry;

/** All meters of Callflow. Only this class and {@link CallMeters} need Micrometer. */
final class Meters {

  private final MeterRegistry registry;
  private final CallMeters calls;
  private final MicrometerEslMetrics eventSocket;

  Meters(MeterRegistry registry) {
    this.registry = registry;
    calls = new CallMeters(registry);
    eventSocket = new MicrometerEslMetrics(registry, "callflow.esl");
  }

  void addTo(FreeSwitchOptions.Builder options) {
    options.metrics(eventSocket);
  }

  void addTo(Conferences.Builder conferences) {
    conferences.metrics(new MicrometerConferenceMetrics(registry));
  }

  CallObserver ofCalls() {
    return calls;
  }

  void bind(Callflow callflow, Limits limits) {
    calls.bindTo(callflow);
    new LimitMeters(limits).bindTo(registry);
  }
}
