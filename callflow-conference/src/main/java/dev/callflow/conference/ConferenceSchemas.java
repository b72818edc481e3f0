package dev.callflow.conference;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks conference documents, elements and dial requests against their schemas (spec section 8).
 *
 * <p>Safe for use by any thread.
 */
public final class ConferenceSchemas {

  private static final Map<String, DocumentSchema> LOADED = new ConcurrentHashMap<>();

  private ConferenceSchemas() {}

  /**
   * Checks a conference document.
   *
   * @param document the document
   * @return what is wrong with it; empty if nothing
   */
  public static List<Problem> checkConference(ObjectNode document) {
    List<Problem> problems = new ArrayList<>(checkSettings(document));
    if (!document.has("name")) {
      problems.add(Problem.at("", "lacks a key: name"));
    }
    return problems;
  }

  /**
   * Checks the data of a conference node, and the configuration in it.
   *
   * @param data the data
   * @return what is wrong with it; empty if nothing
   */
  public static List<Problem> checkElement(ObjectNode data) {
    List<Problem> problems = new ArrayList<>(schema("callflows.conference").check(data));
    // An ad-hoc room needs no name: its id is enough.
    Json.object(data, "config")
        .ifPresent(config -> problems.addAll(under("config", checkSettings(config))));
    return problems;
  }

  /**
   * Checks the data of the action {@code dial}.
   *
   * @param data the data
   * @return what is wrong with it; empty if nothing
   */
  public static List<Problem> checkDial(ObjectNode data) {
    return schema("conferences.dial").check(data);
  }

  private static List<Problem> checkSettings(ObjectNode document) {
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : schema("conferences").check(document)) {
      problems.add(explained(problem, document));
    }
    Json.object(document, "profile")
        .ifPresent(profile ->
            problems.addAll(under("profile", schema("conferences.profile").check(profile))));
    return problems;
  }

  private static List<Problem> under(String key, List<Problem> problems) {
    JsonPointer place = JsonPointer.empty().appendProperty(key);
    return problems.stream().map(problem -> problem.under(place)).toList();
  }

  /** What the schema cannot say: what becomes of such a value. */
  private static Problem explained(Problem problem, ObjectNode document) {
    String place = problem.pointer().toString();
    JsonNode value = document.at(problem.pointer());
    if (place.matches("/(member|moderator)/pins/\\d+")) {
      return new Problem(problem.pointer(), "can never be entered: a PIN is a text of digits only");
    }
    if (place.matches("/((member|moderator)/|conference_)numbers/\\d+")
        && value.isIntegralNumber()) {
      return new Problem(problem.pointer(), "is a number where a text is expected; taken as one");
    }
    if (place.equals("/profile") && value.isString()) {
      return new Problem(
          problem.pointer(), "is a text where an object is expected; taken as profile_name");
    }
    return problem;
  }

  private static DocumentSchema schema(String name) {
    return LOADED.computeIfAbsent(
        name,
        missing ->
            DocumentSchema.load(
                missing, ConferenceSchemas.class.getResourceAsStream(missing + ".json")));
  }
}
