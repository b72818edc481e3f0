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
 * direction), {@code esl.reconnects}, {@code esl.commands} (response times, by command), {@code
 * esl.commands.unanswered}, {@code esl.events}, {@code esl.answers.stray}, {@code
 * esl.frames.unknown}, {@code esl.reading.paused} and {@code esl.overflows}.
 *
 * <p>Several clients and servers may share an instance. Safe for use by any thread.
 */
public final class MicrometerEslMetrics implements EslMetrics {

  private final MeterRegistry registry;
  private final String prefix;
  private final Map<Direction, AtomicInteger> open = new EnumMap<>(Direction.class);
  private final Map<String, Timer> commands = new ConcurrentHashMap<>();
  private final Map<String, Counter> unanswered = new ConcurrentHashMap<>();
  private final Counter reconnects;
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
    this(registry, "esl");
  }

  /**
   * Creates the meters with other names.
   *
   * @param registry the registry to register them with
   * @param prefix what the names begin with instead of {@code esl}, without the dot
   */
  // Micrometer is an optional dependency, since only users of this class need it.
  @SuppressWarnings("exports")
  public MicrometerEslMetrics(MeterRegistry registry, String prefix) {
    this.registry = registry;
    this.prefix = prefix;
    for (Direction direction : Direction.values()) {
      AtomicInteger connections = new AtomicInteger();
      open.put(direction, connections);
      Gauge.builder(prefix + ".connections", connections, AtomicInteger::get)
          .description("Open connections of the event socket")
          .tag("direction", direction.name().toLowerCase(java.util.Locale.ROOT))
          .register(registry);
    }
    reconnects = counter("reconnects", "Connections that a client has opened after a loss");
    events = counter("events", "Events that have passed the filter of their connection");
    strayAnswers = counter("answers.stray", "Answers that no command was waiting for");
    unknownFrames = counter("frames.unknown", "Frames of an unknown type");
    pauses = counter("reading.paused", "Pauses in reading, because a listener has fallen behind");
    overflows =
        counter("overflows", "Connections that were closed because a listener was too far behind");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(prefix + "." + name).description(description).register(registry);
  }

  private Timer timer(String command) {
    return Timer.builder(prefix + ".commands")
        .description("How long commands took to be answered")
        .tag("command", command)
        .register(registry);
  }

  private Counter unansweredCounter(String command) {
    return Counter.builder(prefix + ".commands.unanswered")
        .description("Commands whose connection dropped, or that timed out")
        .tag("command", command)
        .register(registry);
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
  public void reconnected() {
    reconnects.increment();
  }

  @Override
  public void answered(String command, Duration took) {
    commands.computeIfAbsent(command, this::timer).record(took);
  }

  @Override
  public void unanswered(String command) {
    unanswered.computeIfAbsent(command, this::unansweredCounter).increment();
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
