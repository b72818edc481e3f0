package dev.callflow.examples.office;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.TypedModule;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.Digits;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Continues at the child {@code open}, {@code closed} or {@code emergency}. */
final class BusinessHours extends TypedModule<Hours> {

  private static final Duration KEY_TIMEOUT = Duration.ofSeconds(5);

  private final Holidays holidays;

  BusinessHours(Holidays holidays) {
    super(
        "business_hours",
        BusinessHours.class.getResourceAsStream("business_hours.json"),
        Hours::parse);
    this.holidays = holidays;
  }

  @Override
  protected Outcome run(ModuleContext context, Hours hours) {
    Call call = context.call();
    ZonedDateTime now = call.time().now().atZone(hours.zone());
    if (hours.include(now) && !holidays.include(now.toLocalDate())) {
      return new Outcome.ContinueAt("open");
    }
    call.answer();
    Digits key =
        call.collect(context.media("announcement").orElse(null), 1, KEY_TIMEOUT, KEY_TIMEOUT);
    return new Outcome.ContinueAt(
        key.value().equals(hours.emergencyKey()) ? "emergency" : "closed");
  }

  @Override
  public Map<String, String> media(ObjectNode data) {
    return Json.text(data, "announcement")
        .map(media -> Map.of("/announcement", media))
        .orElse(Map.of());
  }
}
