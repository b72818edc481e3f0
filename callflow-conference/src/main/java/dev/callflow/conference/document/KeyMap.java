package dev.callflow.conference.document;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which keys do what in a room (docs/spec/conference.md#inside-the-room).
 *
 * @param actions actions by the keys that cause them
 * @param data what the document says goes with an action, by the keys that cause it
 */
public record KeyMap(Map<String, KeyAction> actions, Map<String, String> data) {

  private static final Logger LOG = LoggerFactory.getLogger(KeyMap.class);

  /** The keys that everybody has unless the document says otherwise. */
  static final KeyMap DEFAULT =
      new KeyMap(
          Map.of(
              "*1", KeyAction.MUTE,
              "*2", KeyAction.MUTE_ON,
              "*3", KeyAction.MUTE_OFF,
              "*4", KeyAction.DEAF,
              "*5", KeyAction.DEAF_ON,
              "*6", KeyAction.DEAF_OFF,
              "#", KeyAction.HANGUP),
          Map.of());

  static final KeyMap NONE = new KeyMap(Map.of(), Map.of());

  /** Copies the actions. */
  public KeyMap {
    actions = Map.copyOf(actions);
    data = Map.copyOf(data);
  }

  /**
   * Chooses the keys of a role.
   *
   * <p>A group of the document replaces the account's of that name whole, that the system's, and
   * that the default keys. A group that nobody has defined gives no keys and is reported.
   *
   * @param document the conference
   * @param profile its profile, which names the group
   * @param ofModerator whether moderators' keys are meant
   * @param settings the account's and the system's configuration
   * @return the keys
   */
  public static KeyMap of(
      ConferenceDocument document, Profile profile, boolean ofModerator, LayeredSettings settings) {
    String group =
        profile.text(ofModerator ? "moderator-controls" : "caller-controls").orElse("default");
    for (ObjectNode place : List.of(document.body(), settings.account(), settings.system())) {
      Optional<JsonNode> defined = Json.object(place, "controls").map(groups -> groups.get(group));
      if (defined.isPresent()) {
        return read(defined.get());
      }
    }
    return switch (group) {
      case "default" -> DEFAULT;
      case "none", "page", "paging" -> NONE;
      default -> {
        LOG.warn("conference {}: there is no group of keys {}", document.id(), group);
        yield NONE;
      }
    };
  }

  private static KeyMap read(JsonNode group) {
    Map<String, KeyAction> actions = new LinkedHashMap<>();
    Map<String, String> data = new LinkedHashMap<>();
    if (group.isArray()) {
      for (JsonNode control : group.values()) {
        Optional<String> digits =
            Json.text(control, "digits").filter(keys -> keys.matches("[0-9*#A-D]{1,8}"));
        Optional<KeyAction> action = Json.text(control, "action").flatMap(KeyAction::of);
        if (digits.isPresent() && action.isPresent()) {
          actions.put(digits.get(), action.get());
          Json.text(control, "data").ifPresent(text -> data.put(digits.get(), text));
        }
      }
    }
    return new KeyMap(actions, data);
  }

  /**
   * Tells whether more keys could make another action.
   *
   * @param keys what was pressed
   * @return true if an action's keys begin with these and are more
   */
  public boolean isBeginning(String keys) {
    return actions.keySet().stream()
        .anyMatch(other -> other.length() > keys.length() && other.startsWith(keys));
  }
}
