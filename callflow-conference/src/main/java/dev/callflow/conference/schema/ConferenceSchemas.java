package dev.callflow.conference.schema;

import dev.callflow.conference.document.ConferenceMedia;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.document.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks conference documents, elements and dial requests against their schemas
 * (docs/spec/schemas.md).
 *
 * <p>Thread-safe.
 */
public final class ConferenceSchemas {

  private static final Map<String, DocumentSchema> LOADED = new ConcurrentHashMap<>();

  private ConferenceSchemas() {}

  /**
   * Returns copies of the schemas for use in documentation.
   *
   * @return the JSON schemas (draft 7) by name
   */
  public static Map<String, ObjectNode> schemas() {
    return Stream.of(
            "conferences", "conferences.profile", "conferences.dial", "callflows.conference")
        .collect(Collectors.toMap(Function.identity(), name -> schema(name).source()));
  }

  /**
   * Checks a conference document.
   *
   * @param document the document
   * @return the problems; empty if the document is valid
   */
  public static List<Problem> checkConference(ObjectNode document) {
    return violationsOfConference(document).stream().map(Violation::problem).toList();
  }

  /**
   * Checks a conference document and returns its violations of the schema.
   *
   * @param document the document
   * @return the violations; empty if the document is valid
   */
  public static List<Violation> violationsOfConference(ObjectNode document) {
    List<Violation> violations = new ArrayList<>(violations(document));
    if (!document.has("name")) {
      violations.add(Violation.missing("", "name"));
    }
    return violations;
  }

  /**
   * Checks the media that a conference document refers to.
   *
   * @param document the document
   * @param guard decides which media the account may use
   * @return the problems; empty if all media may be played
   */
  public static List<Problem> checkMedia(ObjectNode document, MediaGuard guard) {
    return guard.check(ConferenceMedia.ofConference(document));
  }

  /**
   * Repairs harmless mistakes in a conference document and adds the schema's defaults.
   *
   * @param document the document; left unchanged
   * @return the document to store
   */
  public static ObjectNode complete(ObjectNode document) {
    ObjectNode whole = schema("conferences").withDefaults(schema("conferences").repaired(document));
    Json.object(whole, "profile")
        .ifPresent(
            profile -> whole.set("profile", schema("conferences.profile").repaired(profile)));
    return whole;
  }

  /**
   * Checks the data of a conference element, including a configuration in it.
   *
   * @param data the data
   * @return the problems; empty if the data is valid
   */
  public static List<Problem> checkElement(ObjectNode data) {
    List<Problem> problems = new ArrayList<>(schema("callflows.conference").check(data));
    // An ad-hoc conference needs no name; its id is enough.
    Json.object(data, "config")
        .ifPresent(config ->
            under("config", violations(config)).map(Violation::problem).forEach(problems::add));
    return problems;
  }

  /**
   * Checks the data of the action {@code dial}.
   *
   * @param data the data
   * @return the problems; empty if the data is valid
   */
  public static List<Problem> checkDial(ObjectNode data) {
    return schema("conferences.dial").check(data);
  }

  private static List<Violation> violations(ObjectNode document) {
    List<Violation> violations = new ArrayList<>();
    for (Violation violation : schema("conferences").violations(document)) {
      violations.add(explained(violation, document));
    }
    Json.object(document, "profile")
        .ifPresent(profile ->
            under("profile", schema("conferences.profile").violations(profile))
                .forEach(violations::add));
    return violations;
  }

  private static Stream<Violation> under(String key, List<Violation> violations) {
    JsonPointer place = JsonPointer.empty().appendProperty(key);
    return violations.stream().map(violation -> violation.under(place));
  }

  /**
   * Replaces the message of a violation where the schema cannot express how the invalid value is
   * treated.
   */
  private static Violation explained(Violation violation, ObjectNode document) {
    String place = violation.pointer().toString();
    JsonNode value = document.at(violation.pointer());
    if (place.matches("/(member|moderator)/pins/\\d+")) {
      return withMessage(violation, "can never be entered: a PIN must be a string of digits");
    }
    if (place.matches("/((member|moderator)/|conference_)numbers/\\d+")
        && value.isIntegralNumber()) {
      return withMessage(violation, "is a number, but must be a string; treated as a string");
    }
    if (place.equals("/profile") && value.isString()) {
      return withMessage(violation, "is a string, but must be an object; treated as profile_name");
    }
    return violation;
  }

  private static Violation withMessage(Violation violation, String message) {
    return new Violation(violation.pointer(), violation.rule(), violation.target(), message);
  }

  private static DocumentSchema schema(String name) {
    return LOADED.computeIfAbsent(
        name,
        missing ->
            DocumentSchema.load(
                missing, ConferenceSchemas.class.getResourceAsStream(missing + ".json")));
  }
}
