package dev.callflow.conference.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.observe.ConferenceMetrics.CommandResult;
import dev.callflow.conference.observe.ConferenceMetrics.Recording;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.RepairCause;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MicrometerConferenceMetricsTests {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerConferenceMetrics metrics = new MicrometerConferenceMetrics(registry);

  @Test
  void roomsParticipantsAndSeatsAreGauges() {
    metrics.rooms(2);
    metrics.rooms(-1);
    metrics.participants(5);
    metrics.seats(4);
    assertThat(registry.get("callflow.conference.rooms").gauge().value()).isEqualTo(1);
    assertThat(registry.get("callflow.conference.participants").gauge().value()).isEqualTo(5);
    assertThat(registry.get("callflow.conference.seats").gauge().value()).isEqualTo(4);
  }

  @Test
  void eventsAreCountedAndTimed() {
    metrics.refused(ConferenceOutcome.BAD_PIN);
    metrics.joined(Duration.ofMillis(40));
    metrics.commanded("Mute", CommandResult.UNKNOWN, Duration.ofSeconds(5));
    metrics.repaired(RepairCause.MISSED_JOIN);
    metrics.recording(Recording.FAILED);
    assertThat(
            registry.get("callflow.conference.refusals").tag("reason", "bad_pin").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("callflow.conference.joins").timer().count()).isEqualTo(1);
    assertThat(
            registry
                .get("callflow.conference.commands")
                .tags("command", "Mute", "result", "unknown")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("callflow.conference.repairs")
                .tag("cause", "missed-join")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry.get("callflow.conference.recordings").tag("event", "failed").counter().count())
        .isEqualTo(1);
  }

  @Test
  void noMeterIsTaggedWithAConferenceOrCaller() {
    eventsAreCountedAndTimed();
    Set<String> tags = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      meter.getId().getTags().forEach(tag -> tags.add(tag.getKey()));
    }
    assertThat(tags).containsExactly("cause", "command", "event", "reason", "result");
  }
}
