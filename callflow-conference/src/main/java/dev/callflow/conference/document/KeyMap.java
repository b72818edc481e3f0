package dev.callflow.conference.document;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.time.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of a role and their actions (docs/spec/conference.md#inside-the-room).
 *
 * @param actions the actions, by the keys that trigger them
 * @param data the data that the configuration adds to actions, by the same keys
 */
public record KeyMap(Map<String, KeyAction> actions, Map<String, String> data) {

  private static final Logger LOG = LoggerFactory.getLogger(KeyMap.class);

  /** The keys and actions that apply if the default group is not configured. */
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

  /** No keys have an action. */
  public static final KeyMap NONE = new KeyMap(Map.of(), Map.of());

  /** Copies the maps. */
  public KeyMap {
    actions = Map.copyOf(actions);
    data = Map.copyOf(data);
  }

  /**
   * Returns the keys of a role.
   *
   * <p>A group in the document completely replaces the account's group of the same name. In the
   * same way, the account's group replaces the system's, and the system's group replaces the
   * default keys. If the group is not defined anywhere, a warning is logged and there are no keys.
   *
   * @param document the conference
   * @param profile the conference's profile; it contains the name of the group
   * @param ofModerator true for the moderators' keys, false for those of regular participants
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
        LOG.warn(
            "conference {}: no keys work because the key group {} is not defined",
            OneLine.of(document.id()),
            OneLine.of(group));
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
   * Returns whether the keys pressed so far are the beginning of a longer sequence that has an
   * action.
   *
   * @param keys the keys pressed so far
   * @return true if further keys can complete such a sequence
   */
  public boolean isBeginning(String keys) {
    return actions.keySet().stream()
        .anyMatch(other -> other.length() > keys.length() && other.startsWith(keys));
  }
}
