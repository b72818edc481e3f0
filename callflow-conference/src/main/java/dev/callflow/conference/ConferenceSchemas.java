package dev.callflow.conference;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** Checks conference documents and elements against their schemas (spec section 8). */
public final class ConferenceSchemas {

  private static volatile @Nullable DocumentSchema conference;
  private static volatile @Nullable DocumentSchema element;

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

  /** An ad-hoc room needs no name: its id is enough. */
  private static List<Problem> checkSettings(ObjectNode document) {
    DocumentSchema schema = conference;
    if (schema == null) {
      schema = load("conferences");
      conference = schema;
    }
    return schema.check(document);
  }

  /**
   * Checks the data of a conference node, and the configuration in it.
   *
   * @param data the data
   * @return what is wrong with it; empty if nothing
   */
  public static List<Problem> checkElement(ObjectNode data) {
    DocumentSchema schema = element;
    if (schema == null) {
      schema = load("callflows.conference");
      element = schema;
    }
    List<Problem> problems = new ArrayList<>(schema.check(data));
    Json.object(data, "config")
        .ifPresent(config ->
            checkSettings(config)
                .forEach(it -> problems.add(it.under(JsonPointer.compile("/config")))));
    return problems;
  }

  private static DocumentSchema load(String name) {
    return DocumentSchema.load(name, ConferenceSchemas.class.getResourceAsStream(name + ".json"));
  }
}
