package dev.callflow.conference.pin;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * The limits of an account for one caller number.
 *
 * @param attempts how many wrong PINs close the door; 0 for never
 * @param window within what time
 * @param block for how long it stays closed
 */
public record PinLimits(int attempts, Duration window, Duration block) {

  private static final int MAX_ATTEMPTS = 1_000;
  private static final int MAX_SECONDS = (int) Duration.ofDays(30).toSeconds();

  /**
   * Reads {@code pin_throttle} of the configuration.
   *
   * @param settings the account's configuration above the system's
   * @return the limits: 10 attempts within 600 s, then closed for 600 s, where nothing is
   *     configured
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
