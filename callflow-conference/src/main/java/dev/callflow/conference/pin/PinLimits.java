package dev.callflow.conference.pin;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * The limits that an account sets for wrong PINs from one caller number.
 *
 * @param attempts the number of wrong PINs that block a caller number; 0 means no limit
 * @param window the period within which wrong PINs are counted
 * @param block how long the caller number stays blocked
 */
public record PinLimits(int attempts, Duration window, Duration block) {

  private static final int MAX_ATTEMPTS = 1_000;
  private static final int MAX_SECONDS = (int) Duration.ofDays(30).toSeconds();

  /**
   * Reads {@code pin_throttle} from the configuration.
   *
   * @param settings the account's configuration, layered over the system's
   * @return the limits; by default, 10 wrong PINs within 600 s block the number for 600 s
   */
  public static PinLimits of(LayeredSettings settings) {
    ObjectNode limits =
        settings
            .value("pin_throttle")
            .filter(value -> value.isObject())
            .map(value -> (ObjectNode) value)
            .orElseGet(Json::object);
    return new PinLimits(
        Math.clamp(Json.integer(limits, "attempts").orElse(10), 0, MAX_ATTEMPTS),
        seconds(limits, "window"),
        seconds(limits, "block"));
  }

  private static Duration seconds(ObjectNode limits, String key) {
    return Duration.ofSeconds(Math.clamp(Json.integer(limits, key).orElse(600), 0, MAX_SECONDS));
  }
}
