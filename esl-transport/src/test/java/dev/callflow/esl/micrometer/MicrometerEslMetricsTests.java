package dev.callflow.esl.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.runtime.EslMetrics.Direction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerEslMetricsTests {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerEslMetrics metrics = new MicrometerEslMetrics(registry);

  @Test
  void openConnectionsAreCountedByDirection() {
    metrics.opened(Direction.INBOUND);
    metrics.opened(Direction.OUTBOUND);
    metrics.opened(Direction.OUTBOUND);
    metrics.closed(Direction.OUTBOUND);

    assertThat(registry.get("esl.connections").tag("direction", "inbound").gauge().value())
        .isEqualTo(1);
    assertThat(registry.get("esl.connections").tag("direction", "outbound").gauge().value())
        .isEqualTo(1);
  }

  @Test
  void commandsAreTimedByKind() {
    metrics.answered("Api", Duration.ofMillis(20));
    metrics.answered("Api", Duration.ofMillis(40));
    metrics.unanswered("BgApi");

    assertThat(registry.get("esl.commands").tag("command", "Api").timer().count()).isEqualTo(2);
    assertThat(
            registry
                .get("esl.commands")
                .tag("command", "Api")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(60);
    assertThat(registry.get("esl.commands.unanswered").tag("command", "BgApi").counter().count())
        .isEqualTo(1);
  }

  @Test
  void anApplicationMayChooseAnotherPrefix() {
    new MicrometerEslMetrics(registry, "callflow.esl").reconnected();

    assertThat(registry.get("callflow.esl.reconnects").counter().count()).isEqualTo(1);
  }

  @Test
  void otherEventsAreCounted() {
    metrics.reconnected();
    metrics.event();
    metrics.event();
    metrics.strayAnswer();
    metrics.unknownFrame();
    metrics.readingPaused();
    metrics.overflowed();

    assertThat(registry.get("esl.reconnects").counter().count()).isEqualTo(1);
    assertThat(registry.get("esl.events").counter().count()).isEqualTo(2);
    assertThat(registry.get("esl.answers.stray").counter().count()).isEqualTo(1);
    assertThat(registry.get("esl.frames.unknown").counter().count()).isEqualTo(1);
    assertThat(registry.get("esl.reading.paused").counter().count()).isEqualTo(1);
    assertThat(registry.get("esl.overflows").counter().count()).isEqualTo(1);
  }
}
