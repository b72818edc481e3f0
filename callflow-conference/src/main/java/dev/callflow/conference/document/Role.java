package dev.callflow.conference.document;

import dev.callflow.core.document.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of one role in a conference document.
 *
 * @param pins the PINs of the role
 * @param numbers the conference numbers that give a caller the role
 * @param joinMuted whether participants join muted
 * @param joinDeaf whether participants join deaf
 * @param playEntryPrompt whether participants hear {@code conf-joining_conference} before they join
 */
public record Role(
    Pins pins, Set<String> numbers, boolean joinMuted, boolean joinDeaf, boolean playEntryPrompt) {

  static Role of(ObjectNode document, String key, boolean mutedByDefault) {
    ObjectNode role = Json.object(document, key).orElseGet(Json::object);
    return new Role(
        isBroken(document.get(key)) ? Pins.NEVER_RIGHT : Pins.of(role.get("pins")),
        numbers(role.get("numbers")),
        Json.bool(role, "join_muted").orElse(mutedByDefault),
        Json.bool(role, "join_deaf").orElse(false),
        Json.bool(role, "play_entry_prompt").orElse(false));
  }

  /**
   * Returns whether the settings of the role cannot be read. The role may have been given PINs, so
   * the room must not be left open.
   */
  private static boolean isBroken(@Nullable JsonNode role) {
    return role != null && !role.isNull() && !role.isObject();
  }

  static Set<String> numbers(@Nullable JsonNode list) {
    Set<String> numbers = new LinkedHashSet<>();
    if (list != null && list.isArray()) {
      for (JsonNode number : list.values()) {
        if (number.isString() || number.isIntegralNumber()) {
          numbers.add(number.asString());
        }
      }
    }
    return numbers;
  }
}
