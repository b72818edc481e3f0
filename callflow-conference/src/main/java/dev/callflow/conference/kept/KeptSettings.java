package dev.callflow.conference.kept;

import dev.callflow.core.document.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings that operators have made for a conference at some time, and the results of their
 * actions. Contains no PIN.
 *
 * @param revision a number that is higher for later settings of the same conference, also after a
 *     restart; 0 if nothing has been set
 * @param locked whether the conference is locked
 * @param limit the number of seats; 0 for no limit, empty if none has been set
 * @param bans the banned numbers
 * @param variables the variables
 * @param results the results of actions as text, by the digests of their idempotency keys
 */
public record KeptSettings(
    long revision,
    boolean locked,
    OptionalInt limit,
    Set<String> bans,
    Map<String, String> variables,
    Map<String, String> results) {

  /** Copies the set and the maps. */
  public KeptSettings {
    bans = Set.copyOf(bans);
    variables = Map.copyOf(variables);
    results = Map.copyOf(results);
  }

  /** Returns the settings as text, for {@link #read}. */
  public String text() {
    ObjectNode text = Json.object().put("revision", revision).put("locked", locked);
    limit.ifPresent(max -> text.put("limit", max));
    ArrayNode numbers = text.putArray("bans");
    bans.stream().sorted().forEach(numbers::add);
    write(variables, text.putObject("variables"));
    write(results, text.putObject("results"));
    return text.toString();
  }

  private static void write(Map<String, String> values, ObjectNode object) {
    values.keySet().stream().sorted().forEach(name -> object.put(name, values.get(name)));
  }

  /** Reads what {@link #text} returns; returns empty if it is not that. */
  public static Optional<KeptSettings> read(String text) {
    try {
      JsonNode read = Json.read(text);
      if (!read.has("revision")) {
        return Optional.empty();
      }
      Set<String> bans = new HashSet<>();
      read.path("bans").values().forEach(number -> bans.add(number.asString("")));
      return Optional.of(
          new KeptSettings(
              read.path("revision").asLong(0),
              read.path("locked").asBoolean(false),
              read.has("limit") ? OptionalInt.of(read.path("limit").asInt(0)) : OptionalInt.empty(),
              bans,
              values(read.path("variables")),
              values(read.path("results"))));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> values(JsonNode object) {
    Map<String, String> values = new HashMap<>();
    object.properties().forEach(it -> values.put(it.getKey(), it.getValue().asString("")));
    return values;
  }
}
