package dev.callflow.core.document;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One section of the configuration, in which a value that the account sets overrides the system's.
 *
 * @param account the account's section; must not be changed
 * @param system the system's section; must not be changed
 */
public record LayeredSettings(ObjectNode account, ObjectNode system) {

  private static final ObjectNode NONE = Json.object();

  /**
   * Reads a section for an account.
   *
   * @param store the store of the system's configuration
   * @param account the account
   * @param section the section's name, such as {@code conferences}
   * @return the section, without values if none are configured
   * @throws StoreUnavailableException if the store cannot answer
   */
  public static LayeredSettings of(DocumentStore store, Account account, String section) {
    return new LayeredSettings(
        Json.object(account.config(), section).orElse(NONE),
        Json.object(store.systemConfig(), section).orElse(NONE));
  }

  /**
   * Reads a value of any type.
   *
   * @param key the key
   * @return the account's value, or otherwise the system's value; empty if neither exists
   */
  public Optional<JsonNode> value(String key) {
    return Optional.ofNullable(account.get(key)).or(() -> Optional.ofNullable(system.get(key)));
  }

  /**
   * Reads a non-empty string.
   *
   * @param key the key
   * @return the account's string, or otherwise the system's string; empty if neither exists
   */
  public Optional<String> text(String key) {
    return Json.text(account, key).or(() -> Json.text(system, key));
  }

  /**
   * Reads a boolean.
   *
   * @param key the key
   * @return the account's boolean, or otherwise the system's boolean; empty if neither exists
   */
  public Optional<Boolean> bool(String key) {
    return Json.bool(account, key).or(() -> Json.bool(system, key));
  }

  /**
   * Reads a number of milliseconds.
   *
   * @param key the key
   * @return the duration; empty if the value is missing or not positive
   */
  public Optional<Duration> millis(String key) {
    return Json.integer(account, key)
        .or(() -> Json.integer(system, key))
        .filter(millis -> millis > 0)
        .map(Duration::ofMillis);
  }
}
