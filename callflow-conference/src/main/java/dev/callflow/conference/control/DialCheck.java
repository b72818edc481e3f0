package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.RoomId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Validates a dial request without looking anything up. */
final class DialCheck {

  private static final int MAX_ENDPOINTS = 100;
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

  /**
   * The maximum length of the caller name. Its characters are not restricted: the mixer removes
   * those that a dial string cannot contain.
   */
  private static final int MAX_NAME = 64;

  private static final int MAX_VARIABLES = 100;

  private DialCheck() {}

  static Optional<ActionResult> check(RoomId room, DialRequest request) {
    if (request.endpoints().isEmpty()) {
      return invalid("endpoints", "minItems", "must name at least one endpoint");
    }
    if (request.endpoints().size() > MAX_ENDPOINTS) {
      return invalid("endpoints", "maxItems", "must name at most " + MAX_ENDPOINTS + " endpoints");
    }
    int index = 0;
    for (Endpoint endpoint : request.endpoints()) {
      index++;
      if (!isWellFormed(endpoint)) {
        return invalid(
            "endpoints." + index, "enum", "Value not a number, device or user ID, or SIP endpoint");
      }
    }
    if (request.callerName().length() > MAX_NAME) {
      return invalid(
          "caller_id_name", "maxLength", "must have at most " + MAX_NAME + " characters");
    }
    if (!request.callerNumber().isEmpty() && !DialTarget.isNumber(request.callerNumber())) {
      return invalid(
          "caller_id_number", "pattern", "must be 1 to 32 digits, * or #, optionally after a +");
    }
    if (request.timeout().compareTo(Duration.ofSeconds(1)) < 0) {
      return invalid("timeout", "minimum", "must be at least 1");
    }
    if (request.timeout().compareTo(MAX_TIMEOUT) > 0) {
      return invalid("timeout", "maximum", "must be at most " + MAX_TIMEOUT.toSeconds());
    }
    if (!request.profileName().matches("[A-Za-z0-9_.-]{0,64}")) {
      return invalid("profile_name", "pattern", "must be at most 64 letters, digits, dots, _ or -");
    }
    if (request.callId().filter(id -> !isCallId(id)).isPresent()) {
      return invalid("outbound_call_id", "pattern", "must be 1 to 64 letters, digits and -");
    }
    if (request.targetCallId().filter(id -> !isCallId(id)).isPresent()) {
      return invalid("target_call_id", "pattern", "must be 1 to 64 letters, digits and -");
    }
    if (!room.conference().matches("[^\"+@]{1,128}") || !DialOrder.isValue(room.conference())) {
      return invalid(
          "conference_id",
          "pattern",
          "is too long or contains characters that are not allowed in ids");
    }
    return variables(request.applicationVariables());
  }

  private static boolean isCallId(String text) {
    return text.matches("[A-Za-z0-9-]{1,64}");
  }

  private static boolean isWellFormed(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Owned(String id) -> id.matches("[A-Za-z0-9_-]{32}");
      case Endpoint.Number(String number) -> DialTarget.isNumber(number);
      case Endpoint.Sip(String uri) -> uri.matches("sips?:.*") && Endpoint.address(uri).isPresent();
      case Endpoint.Inline inline -> true;
    };
  }

  private static Optional<ActionResult> variables(Map<String, String> variables) {
    if (variables.size() > MAX_VARIABLES) {
      return invalid(
          "custom_application_vars",
          "maxProperties",
          "must have at most " + MAX_VARIABLES + " variables");
    }
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      String value = variable.getValue();
      if (!name.matches("[A-Za-z0-9_]{1,64}")
          || !DialOrder.isValue(value)
          || value.indexOf('"') >= 0) {
        return invalid(
            "custom_application_vars." + name.replaceAll("[^A-Za-z0-9_]", "?"),
            "pattern",
            "the name must be 1 to 64 letters, digits or _, and the value a single line without"
                + " quotes, backslashes, braces, $ or :_:");
      }
    }
    return Optional.empty();
  }

  private static Optional<ActionResult> invalid(String field, String rule, String message) {
    return Optional.of(Refusals.invalid(field, rule, message));
  }
}
