package dev.callflow.conference.micrometer;

import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.RepairCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Registers meters for conferences: {@code callflow.conference.rooms}, {@code
 * callflow.conference.participants}, {@code callflow.conference.seats}, {@code
 * callflow.conference.refusals} (by reason), {@code callflow.conference.joins} (timer), {@code
 * callflow.conference.commands} (timer, by command and result), {@code callflow.conference.repairs}
 * (by cause) and {@code callflow.conference.recordings} (by event). No meter is tagged with a
 * conference or a caller.
 *
 * <p>Safe for use by any thread.
 */
public final class MicrometerConferenceMetrics implements ConferenceMetrics {

  private static final String PREFIX = "callflow.conference.";

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
    gauge("rooms", "Rooms", rooms);
    gauge("participants", "Participants in rooms", participants);
    gauge("seats", "Seats that are taken", seats);
    joins =
        Timer.builder(PREFIX + "joins")
            .description("How long FreeSWITCH took to put a caller into a room")
            .register(registry);
  }

  private void gauge(String name, String description, AtomicInteger value) {
    Gauge.builder(PREFIX + name, value, AtomicInteger::get)
        .description(description)
        .register(registry);
  }

  private void count(String name, String description, String tag, String value) {
    Counter.builder(PREFIX + name)
        .description(description)
        .tag(tag, value)
        .register(registry)
        .increment();
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
    count("refusals", "Callers who were not let in", "reason", reason.key());
  }

  @Override
  public void joined(Duration took) {
    joins.record(took);
  }

  @Override
  public void commanded(String command, CommandResult result, Duration took) {
    Timer.builder(PREFIX + "commands")
        .description("How long FreeSWITCH took to answer commands to rooms")
        .tag("command", command)
        .tag("result", word(result))
        .register(registry)
        .record(took);
  }

  @Override
  public void repaired(RepairCause cause) {
    count("repairs", "Differences from FreeSWITCH that were repaired", "cause", word(cause));
  }

  @Override
  public void recording(Recording stage) {
    count("recordings", "Recordings that started, failed or finished", "event", word(stage));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
