package dev.callflow.esl.micrometer;

import dev.callflow.esl.runtime.EslMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Records metrics of event-socket connections with Micrometer: {@code esl.connections} (by
 * direction), {@code esl.commands} (response times, by command), {@code esl.commands.unanswered},
 * {@code esl.events}, {@code esl.answers.stray}, {@code esl.frames.unknown}, {@code
 * esl.reading.paused} and {@code esl.overflows}.
 *
 * <p>Several clients and servers may share an instance. Safe for use by any thread.
 */
public final class MicrometerEslMetrics implements EslMetrics {

  private final MeterRegistry registry;
  private final Map<Direction, AtomicInteger> open = new EnumMap<>(Direction.class);
  private final Map<String, Timer> commands = new ConcurrentHashMap<>();
  private final Map<String, Counter> unanswered = new ConcurrentHashMap<>();
  private final Counter events;
  private final Counter strayAnswers;
  private final Counter unknownFrames;
  private final Counter pauses;
  private final Counter overflows;

  /**
   * Creates the meters.
   *
   * @param registry the registry to register them with
   */
  // Micrometer is an optional dependency, since only users of this class need it.
  @SuppressWarnings("exports")
  public MicrometerEslMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Direction direction : Direction.values()) {
      AtomicInteger connections = new AtomicInteger();
      open.put(direction, connections);
      Gauge.builder("esl.connections", connections, AtomicInteger::get)
          .tag("direction", direction.name().toLowerCase(java.util.Locale.ROOT))
          .register(registry);
    }
    events = registry.counter("esl.events");
    strayAnswers = registry.counter("esl.answers.stray");
    unknownFrames = registry.counter("esl.frames.unknown");
    pauses = registry.counter("esl.reading.paused");
    overflows = registry.counter("esl.overflows");
  }

  private AtomicInteger connections(Direction direction) {
    return open.computeIfAbsent(direction, any -> new AtomicInteger());
  }

  @Override
  public void opened(Direction direction) {
    connections(direction).incrementAndGet();
  }

  @Override
  public void closed(Direction direction) {
    connections(direction).decrementAndGet();
  }

  @Override
  public void answered(String command, Duration took) {
    commands
        .computeIfAbsent(command, it -> registry.timer("esl.commands", "command", it))
        .record(took);
  }

  @Override
  public void unanswered(String command) {
    unanswered
        .computeIfAbsent(command, it -> registry.counter("esl.commands.unanswered", "command", it))
        .increment();
  }

  @Override
  public void event() {
    events.increment();
  }

  @Override
  public void strayAnswer() {
    strayAnswers.increment();
  }

  @Override
  public void unknownFrame() {
    unknownFrames.increment();
  }

  @Override
  public void readingPaused() {
    pauses.increment();
  }

  @Override
  public void overflowed() {
    overflows.increment();
  }
}
