package dev.callflow.conference.document;

import dev.callflow.core.document.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document says about one role.
 *
 * @param pins its PINs
 * @param numbers the conference numbers that make a caller have it
 * @param joinMuted whether one joins muted
 * @param joinDeaf whether one joins deaf
 * @param playEntryPrompt whether {@code conf-joining_conference} is played before one joins
 */
public record Role(
    Pins pins, Set<String> numbers, boolean joinMuted, boolean joinDeaf, boolean playEntryPrompt) {

  static Role of(ObjectNode document, String key, boolean mutedUnlessSaid) {
    ObjectNode role = Json.object(document, key).orElseGet(Json::object);
    return new Role(
        isBroken(document.get(key)) ? Pins.NEVER_RIGHT : Pins.of(role.get("pins")),
        numbers(role.get("numbers")),
        Json.bool(role, "join_muted").orElse(mutedUnlessSaid),
        Json.bool(role, "join_deaf").orElse(false),
        Json.bool(role, "play_entry_prompt").orElse(false));
  }

  /** There may have been PINs in it: it must not stand open. */
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
