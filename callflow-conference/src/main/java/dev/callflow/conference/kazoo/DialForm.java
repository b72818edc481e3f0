package dev.callflow.conference.kazoo;

import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The result of reading a dial request in Kazoo's words. */
sealed interface DialForm {

  /** The request is valid. */
  record Read(DialRequest request) implements DialForm {}

  /** The request is invalid. */
  record Wrong(String field, String rule, String message) implements DialForm {}

  /**
   * Reads a request.
   *
   * @param data the endpoints and their options
   * @param outer the object with the application variables; may be the same as {@code data}
   */
  static DialForm read(ObjectNode data, ObjectNode outer) {
    JsonNode listed = data.get("endpoints");
    if (listed == null) {
      return new Wrong("endpoints", "required", "is missing");
    }
    if (!listed.isArray()) {
      return new Wrong("endpoints", "type", "must be an array");
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (JsonNode each : listed.values()) {
      Optional<Endpoint> endpoint = Endpoint.read(each);
      if (endpoint.isEmpty()) {
        return new Wrong(
            "endpoints." + (endpoints.size() + 1),
            "enum",
            "Value not a number, device or user ID, or SIP endpoint");
      }
      endpoints.add(endpoint.get());
    }
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
    int index = 0;
    for (JsonNode each : data.path("participant_flags").values()) {
      index++;
      Optional<MemberFlag> flag = flag(each.asString(""));
      if (flag.isEmpty()) {
        return new Wrong("participant_flags." + index, "enum", "is not a participant flag");
      }
      flags.add(flag.get());
    }
    for (String key :
        List.of(
            "caller_id_name",
            "caller_id_number",
            "profile_name",
            "outbound_call_id",
            "target_call_id")) {
      if (data.has(key) && !data.get(key).isString()) {
        return new Wrong(key, "type", "must be a string");
      }
    }
    if (data.has("timeout") && Json.integer(data, "timeout").isEmpty()) {
      return new Wrong("timeout", "type", "must be a whole number");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : outer.path("custom_application_vars").properties()) {
      if (!each.getValue().isValueNode()) {
        return new Wrong("custom_application_vars." + each.getKey(), "type", "must be a string");
      }
      variables.put(each.getKey(), each.getValue().asString(""));
    }
    return new Read(
        new DialRequest(
            endpoints,
            Json.text(data, "caller_id_name").orElse(""),
            Json.text(data, "caller_id_number").orElse(""),
            flags,
            Json.integer(data, "timeout")
                .map(Duration::ofSeconds)
                .orElse(DialRequest.DEFAULT_TIMEOUT),
            variables,
            Json.text(data, "outbound_call_id"),
            Json.text(data, "target_call_id"),
            Json.text(data, "profile_name").orElse(""),
            data));
  }

  private static Optional<MemberFlag> flag(String word) {
    return switch (word) {
      case "mute" -> Optional.of(MemberFlag.MUTE);
      case "deaf" -> Optional.of(MemberFlag.DEAF);
      case "distribute_dtmf" -> Optional.of(MemberFlag.DISTRIBUTE_DTMF);
      case "is_moderator" -> Optional.of(MemberFlag.MODERATOR);
      case "disable_moh" -> Optional.of(MemberFlag.NO_MUSIC);
      case "ghost" -> Optional.of(MemberFlag.GHOST);
      case "join_existing" -> Optional.of(MemberFlag.JOIN_EXISTING);
      case "video_mute" -> Optional.of(MemberFlag.VIDEO_MUTE);
      default -> Optional.empty();
    };
  }
}
