package dev.callflow.conference.schema;

import dev.callflow.conference.document.ConferenceMedia;
import dev.callflow.core.advice.KnownKeys;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.document.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final int LENGTH_OF_ID = 32;

  /** Loaded on first use. */
  private static final class Keys {
    static final KnownKeys OF_CONFERENCE =
        KnownKeys.of(schema("conferences"), "id", "metadata", KnownKeys.SCHEMA);
    static final KnownKeys OF_ELEMENT = KnownKeys.of(schema("callflows.conference"));
    static final MisspeltGuards GUARDS =
        new MisspeltGuards(schema("conferences").source(), schema("callflows.conference").source());
  }

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
   * Returns the schema of the data of the elements {@code conference} and {@code
   * conference_feature}, for editors.
   *
   * @return a copy of the schema (JSON Schema, draft 7), in which {@code config} has the schema of
   *     a conference; without the length of ids, since others are only warned of
   */
  public static ObjectNode ofElement() {
    ObjectNode element = schema("callflows.conference").source();
    anyLength(element, "id");
    ObjectNode conference = ofConference();
    conference.remove(List.of("$schema", "title"));
    ((ObjectNode) element.at("/properties/config")).setAll(conference);
    return element;
  }

  /**
   * Returns the schema of conferences, for editors.
   *
   * @return a copy of the schema (JSON Schema, draft 7), with the parameters of the profile;
   *     without the length of ids, since others are only warned of
   */
  public static ObjectNode ofConference() {
    ObjectNode conference = schema("conferences").source();
    anyLength(conference, "owner_id");
    ((ObjectNode) conference.at("/properties/profile")).set("properties", parameters());
    return conference;
  }

  /**
   * Returns the schema of the section {@code conferences} in the configuration of accounts and the
   * system, for editors and documentation.
   *
   * @return a copy of the schema (JSON Schema, draft 7)
   */
  public static ObjectNode ofConfiguration() {
    ObjectNode configuration = schema("conferences.configuration").source();
    ObjectNode controls = (ObjectNode) configuration.at("/properties/controls");
    controls.set(
        "additionalProperties",
        schema("conferences").source().at("/properties/controls/additionalProperties"));
    ObjectNode profile = (ObjectNode) configuration.at("/properties/profiles/additionalProperties");
    profile.set("properties", parameters());
    return configuration;
  }

  private static JsonNode parameters() {
    return schema("conferences.profile").source().path("properties");
  }

  private static void anyLength(ObjectNode schema, String key) {
    ((ObjectNode) schema.path("properties").path(key)).remove(List.of("minLength", "maxLength"));
  }

  /**
   * Checks a conference document. Unknown keys, and ids of other lengths than Kazoo's, are only
   * warnings; misspelt keys for PINs and moderators are problems, if the room would be open because
   * of them.
   *
   * @param document the document
   * @return the problems and warnings; empty if there are none
   */
  public static List<Problem> checkConference(ObjectNode document) {
    return problems(violationsOfConference(document), warningsOfConference(document));
  }

  /**
   * Checks a conference document and returns its violations of the schema, and misspelt keys
   * because of which the room would be open. A document with violations is not stored.
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
   * Checks a conference document and returns what does not prevent storing it: unknown keys, and
   * ids of other lengths than Kazoo's.
   *
   * @param document the document
   * @return the warnings; empty if there are none
   */
  public static List<Problem> warningsOfConference(ObjectNode document) {
    List<Problem> warnings = new ArrayList<>();
    Json.text(document, "owner_id")
        .filter(id -> id.codePointCount(0, id.length()) != LENGTH_OF_ID)
        .ifPresent(id -> warnings.add(shortId("/owner_id")));
    warnings.addAll(Keys.OF_CONFERENCE.check(document));
    return warnings;
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
   * Checks the data of a conference element, including a configuration in it. The same as in {@link
   * #checkConference} are only warnings.
   *
   * @param data the data
   * @return the problems and warnings; empty if there are none
   */
  public static List<Problem> checkElement(ObjectNode data) {
    List<Violation> violations = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    for (Violation violation : schema("callflows.conference").violations(data)) {
      if (isLengthOf("/id", violation)) {
        warnings.add(shortId("/id"));
      } else {
        violations.add(violation);
      }
    }
    violations.addAll(Keys.GUARDS.inElement(data));
    warnings.addAll(Keys.OF_ELEMENT.check(data));
    // An ad-hoc conference needs no name; its id is enough.
    Json.object(data, "config")
        .ifPresent(config -> {
          JsonPointer place = JsonPointer.empty().appendProperty("config");
          under("config", violations(config)).forEach(violations::add);
          warningsOfConference(config).forEach(it -> warnings.add(it.under(place)));
        });
    return problems(violations, warnings);
  }

  /** Joins violations and warnings; a place with a violation needs no warning. */
  private static List<Problem> problems(List<Violation> violations, List<Problem> warnings) {
    Set<JsonPointer> wrong =
        violations.stream().map(Violation::pointer).collect(Collectors.toSet());
    return Stream.concat(
            violations.stream().map(Violation::problem),
            warnings.stream().filter(it -> !wrong.contains(it.pointer())))
        .toList();
  }

  private static boolean isLengthOf(String place, Violation violation) {
    return violation.pointer().toString().equals(place) && violation.rule().endsWith("Length");
  }

  private static Problem shortId(String place) {
    return Problem.warning(place, "does not have 32 characters, as Kazoo's ids have");
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
      if (!isLengthOf("/owner_id", violation)) {
        violations.add(explained(violation, document));
      }
    }
    Json.object(document, "profile")
        .ifPresent(profile ->
            under("profile", schema("conferences.profile").violations(profile))
                .forEach(violations::add));
    violations.addAll(Keys.GUARDS.inConference(document));
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
