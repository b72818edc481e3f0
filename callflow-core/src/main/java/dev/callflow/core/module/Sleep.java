package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Json;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** {@code sleep}: waits for a duration. */
final class Sleep implements BuiltIn {

  /** Longer than any caller would wait. */
  private static final Duration MAX_DURATION = Duration.ofDays(1);

  @Override
  public String name() {
    return "sleep";
  }

  @Override
  public Outcome run(ModuleContext context) {
    Duration duration = duration(context.data());
    context.call().sleep(duration.compareTo(MAX_DURATION) < 0 ? duration : MAX_DURATION);
    return new Outcome.Continue();
  }

  private static Duration duration(ObjectNode data) {
    int amount = Math.max(0, Json.integer(data, "duration").orElse(0));
    return switch (Json.text(data, "unit").orElse("s")) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
