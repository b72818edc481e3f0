package dev.callflow.conference.schema;

import dev.callflow.conference.document.Pins;
import dev.callflow.core.advice.KnownKeys;
import dev.callflow.core.advice.Nearest;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds misspelt keys for PINs and moderators. Their authors rely on them, but they have no effect,
 * so a room would be open. Therefore they are violations, unless the right key is there as well.
 */
final class MisspeltGuards {

  /** The rule in JSON Schema that forbids keys. */
  private static final String RULE = "additionalProperties";

  private static final Pattern PIN =
      Pattern.compile("(.*[_-])?(pin|pins|pin[_-]?codes?|passcodes?|passwords?)");

  private static final Map<String, String> OF_CONFERENCE =
      Map.of(
          "member", "so the settings of the member role are lost",
          "moderator", "so the settings of the moderator role are lost",
          "wait_for_moderator", "so callers get in without a moderator",
          "require_moderator", "so the room stays open without a moderator");

  private static final String NO_PIN = "unknown key, so callers get in without a PIN";

  private final Set<String> ofConference;
  private final Set<String> ofRole;
  private final Set<String> ofElement;

  /**
   * @param conferences the schema of conferences
   * @param element the schema of the data of conference elements
   */
  MisspeltGuards(JsonNode conferences, JsonNode element) {
    ofConference = Set.copyOf(conferences.path("properties").propertyNames());
    ofRole = Set.copyOf(conferences.at("/properties/member/properties").propertyNames());
    ofElement = Set.copyOf(element.path("properties").propertyNames());
  }

  List<Violation> inConference(ObjectNode body) {
    List<Violation> violations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      if (KnownKeys.isUnknown(entry.getKey(), ofConference)) {
        ofConference(entry.getKey(), entry.getValue(), body).ifPresent(violations::add);
      }
    }
    for (String role : List.of("member", "moderator")) {
      if (!asksForPin(body, role)) {
        Json.object(body, role)
            .ifPresent(section ->
                section.propertyNames().stream()
                    .filter(key -> KnownKeys.isUnknown(key, ofRole))
                    .filter(key -> isPin(key) || isNear(key, "pins", ofRole))
                    .forEach(key ->
                        violations.add(violation("/" + role, key, NO_PIN + didYouMean("pins")))));
      }
    }
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile
                .propertyNames()
                .forEach(key -> ofProfile(key, body).ifPresent(violations::add)));
    return violations;
  }

  private Optional<Violation> ofConference(String key, JsonNode value, ObjectNode body) {
    if (isPin(key)) {
      String role = snake(key).matches(".*(moderator|admin).*") ? "moderator" : "member";
      return asksForPin(body, role)
          ? Optional.empty()
          : Optional.of(violation("", key, NO_PIN + didYouMean(role + ".pins")));
    }
    String meant = Nearest.to(key, ofConference).orElse("");
    boolean opens =
        switch (meant) {
          // The defaults of a stored document contain both roles.
          case "member", "moderator" -> value.isObject() && !asksForPin(body, meant);
          case "wait_for_moderator", "require_moderator" -> isOn(value) && !body.has(meant);
          default -> false;
        };
    return opens
        ? Optional.of(
            violation("", key, "unknown key, " + OF_CONFERENCE.get(meant) + didYouMean(meant)))
        : Optional.empty();
  }

  private static Optional<Violation> ofProfile(String key, ObjectNode body) {
    String role =
        switch (key.replace('_', '-')) {
          case "pin" -> "member";
          case "moderator-pin" -> "moderator";
          default -> "";
        };
    return role.isEmpty() || asksForPin(body, role)
        ? Optional.empty()
        : Optional.of(
            violation(
                "/profile",
                key,
                "is ignored, so callers get in without a PIN; set " + role + ".pins instead"));
  }

  List<Violation> inElement(ObjectNode data) {
    boolean pins =
        Json.object(data, "config")
            .filter(config -> asksForPin(config, "member") || asksForPin(config, "moderator"))
            .isPresent();
    List<Violation> violations = new ArrayList<>();
    for (String key : data.propertyNames()) {
      if (!KnownKeys.isUnknown(key, ofElement)) {
        continue;
      }
      if (isPin(key) && !pins) {
        violations.add(
            violation(
                "",
                key,
                "unknown key; PINs belong in the conference document or in \"config\", in"
                    + " \"member.pins\" or \"moderator.pins\""));
      } else if (isNear(key, "moderator", ofElement) && !data.has("moderator")) {
        violations.add(
            violation(
                "", key, "unknown key, so it does not decide the role" + didYouMean("moderator")));
      }
    }
    return violations;
  }

  private static boolean isNear(String key, String meant, Set<String> known) {
    return Nearest.to(key, known).filter(meant::equals).isPresent();
  }

  private static boolean asksForPin(ObjectNode body, String role) {
    JsonNode section = body.get(role);
    // A section that cannot be read keeps everybody out.
    return section != null
        && !section.isNull()
        && (!section.isObject() || Pins.of(section.get("pins")).areSet());
  }

  private static boolean isOn(JsonNode value) {
    return value.isBoolean() && value.booleanValue()
        || value.isString() && value.asString().equalsIgnoreCase("true");
  }

  private static boolean isPin(String key) {
    return key.length() <= 64 && PIN.matcher(snake(key)).matches();
  }

  private static String snake(String key) {
    return key.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String didYouMean(String name) {
    return "; did you mean \"" + name + "\"?";
  }

  private static Violation violation(String parent, String key, String message) {
    return new Violation(
        JsonPointer.compile(parent).appendProperty(key), RULE, Optional.empty(), message);
  }
}
