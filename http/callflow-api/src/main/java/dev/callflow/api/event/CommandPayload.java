package dev.callflow.api.event;

import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.core.document.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes the payload of a command event. Copies only keys that are known to contain no secret: the
 * data of a dial request may contain a whole conference with its PINs, or a device with its
 * password.
 */
final class CommandPayload {

  private static final Set<String> PUBLISHED_KEYS =
      Set.of(
          "action",
          "media_id",
          "participant_id",
          "other_participant",
          "relationship",
          "endpoints",
          "caller_id_name",
          "caller_id_number",
          "participant_flags",
          "target_call_id",
          "outbound_call_id",
          "timeout",
          "notify");

  private CommandPayload() {}

  static ObjectNode payload(ControlRequest request) {
    ObjectNode payload = Json.object();
    payload.put("event_category", "conference");
    payload.put("event_name", "command");
    payload.put("app_name", "callflow");
    payload.put("account_id", request.room().account().value());
    payload.put("conference_id", request.room().conference());
    payload.put("action", request.action());
    switch (request.target()) {
      case ControlRequest.Target.Conference all -> payload.put("target", "conference");
      case ControlRequest.Target.Participants all -> payload.put("target", "participants");
      case ControlRequest.Target.Participant(String id) -> {
        payload.put("target", "participant");
        payload.put("participant_id", id);
      }
    }
    ObjectNode data = payload.putObject("data");
    // A dial request may nest its arguments in a second "data" object (docs/spec/api.md#dial).
    copyPublished(Json.object(request.data(), "data").orElseGet(request::data), data);
    return payload;
  }

  private static void copyPublished(ObjectNode from, ObjectNode to) {
    from.properties().stream()
        .filter(entry -> PUBLISHED_KEYS.contains(entry.getKey()))
        .forEach(entry -> {
          if (entry.getValue() instanceof ArrayNode list) {
            ArrayNode values = to.putArray(entry.getKey());
            list.values().stream()
                .filter(CommandPayload::isPlain)
                .map(CommandPayload::withoutPassword)
                .forEach(values::add);
          } else if (isPlain(entry.getValue())) {
            to.set(entry.getKey(), withoutPassword(entry.getValue()));
          }
        });
  }

  private static boolean isPlain(JsonNode value) {
    return value.isValueNode();
  }

  /** Removes the user and password that a URL may contain. */
  private static JsonNode withoutPassword(JsonNode value) {
    return value.isString()
        ? StringNode.valueOf(value.asString().replaceFirst("^(\\w+:(?://)?)[^@/]*:[^@/]*@", "$1"))
        : value;
  }
}
