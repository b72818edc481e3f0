package dev.callflow.cli.client;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes an event on a line for people. */
final class EventText {

  /** The keys whose values tell what has happened, apart from the event and the participant. */
  private static final List<String> DETAILS =
      List.of(
          "reason",
          "state",
          "status",
          "message",
          "endpoint_id",
          "media",
          "path",
          "failed",
          "milliseconds",
          "max_participants",
          "to_conference_id",
          "digits",
          "limit",
          "used",
          "maximum",
          "cause",
          "repaired_event");

  private EventText() {}

  /** Returns the room, the event, who it is about, and details. */
  static String of(JsonNode event) {
    StringBuilder line = new StringBuilder();
    line.append(event.path("conference_id").asString("-"));
    line.append("  ").append(event.path("event").asString("?"));
    String name = event.path("caller_id_name").asString("");
    String number = event.path("caller_id_number").asString("");
    if (!name.isEmpty() || !number.isEmpty()) {
      line.append("  ").append(name.isEmpty() ? "-" : name);
      line.append(number.isEmpty() ? "" : " (" + number + ")");
      line.append(event.path("is_moderator").asBoolean(false) ? ", moderator" : "");
    }
    for (String key : DETAILS) {
      JsonNode value = event.path(key);
      String text = value.isValueNode() && !value.isNull() ? value.asString("") : "";
      if (!text.isEmpty() && !text.equals("false")) {
        line.append("  ").append(key).append('=').append(text);
      }
    }
    return line.toString();
  }
}
