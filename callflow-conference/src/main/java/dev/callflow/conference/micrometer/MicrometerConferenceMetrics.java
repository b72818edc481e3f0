package dev.callflow.conference.micrometer;

import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.RepairCause;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Registers meters for conferences: {@code conference.rooms}, {@code conference.participants},
 * {@code conference.seats}, {@code conference.refusals} (by reason), {@code conference.joins}
 * (timer), {@code conference.commands} (timer, by command and result), {@code conference.repairs}
 * (by cause) and {@code conference.recordings} (by event). No meter is tagged with a conference or
 * a caller.
 *
 * <p>Safe for use by any thread.
 */
public final class MicrometerConferenceMetrics implements ConferenceMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger rooms = new AtomicInteger();
  private final AtomicInteger participants = new AtomicInteger();
  private final AtomicInteger seats = new AtomicInteger();
  private final Timer joins;

  /**
   * Registers the meters.
   *
   * @param registry the registry
   */
  // Micrometer is an optional dependency: only users of this class need it.
  @SuppressWarnings("exports")
  public MicrometerConferenceMetrics(MeterRegistry registry) {
    this.registry = registry;
    gauge("conference.rooms", rooms);
    gauge("conference.participants", participants);
    gauge("conference.seats", seats);
    joins = registry.timer("conference.joins");
  }

  private void gauge(String name, AtomicInteger value) {
    Gauge.builder(name, value, AtomicInteger::get).register(registry);
  }

  @Override
  public void rooms(int change) {
    rooms.addAndGet(change);
  }

  @Override
  public void participants(int change) {
    participants.addAndGet(change);
  }

  @Override
  public void seats(int change) {
    seats.addAndGet(change);
  }

  @Override
  public void refused(ConferenceOutcome reason) {
    registry.counter("conference.refusals", "reason", reason.key()).increment();
  }

  @Override
  public void joined(Duration took) {
    joins.record(took);
  }

  @Override
  public void commanded(String command, CommandResult result, Duration took) {
    registry.timer("conference.commands", "command", command, "result", word(result)).record(took);
  }

  @Override
  public void repaired(RepairCause cause) {
    registry.counter("conference.repairs", "cause", word(cause)).increment();
  }

  @Override
  public void recording(Recording stage) {
    registry.counter("conference.recordings", "event", word(stage)).increment();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
