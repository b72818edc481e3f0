package dev.callflow.api.openapi;

import dev.callflow.core.document.Json;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Gives the schemas of the document the names that generated clients use for their classes: the
 * files have Kazoo's names, such as {@code conferences.profile}.
 */
final class SchemaNames {

  private static final String PREFIX = "#/components/schemas/";

  /** Names that are not made of the words of the name in the file. */
  private static final Map<String, String> SPECIAL =
      Map.ofEntries(
          Map.entry("conferences", "Conference"),
          Map.entry("conferences.profile", "ConferenceProfile"),
          Map.entry("conferences.dial", "DialData"),
          Map.entry("conferences.email_invite", "EmailInvitation"),
          Map.entry("callflows", "Callflow"),
          Map.entry("callflows.action", "FlowNode"),
          Map.entry("callflows.action_or_nothing", "FlowNodeOrNothing"),
          Map.entry("error", "ErrorReply"),
          Map.entry("success", "SuccessReply"),
          Map.entry("page", "PageReply"),
          Map.entry("verb", "HttpVerb"),
          Map.entry("stored", "StoredKeys"),
          Map.entry("row", "DocumentRow"),
          Map.entry("live", "LiveConference"));

  private SchemaNames() {}

  /** Returns the name in the document. */
  static String of(String name) {
    String special = SPECIAL.get(name);
    return special != null
        ? special
        : Stream.of(name.split("[^A-Za-z0-9]+"))
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }

  /**
   * Renames all schemas of a document, and what refers to them.
   *
   * @throws IllegalStateException if two schemas would have the same name
   */
  static void apply(ObjectNode document) {
    ObjectNode components = (ObjectNode) document.path("components");
    ObjectNode renamed = Json.object();
    components
        .path("schemas")
        .properties()
        .forEach(schema -> {
          if (renamed.replace(of(schema.getKey()), schema.getValue()) != null) {
            throw new IllegalStateException("two schemas have the name " + of(schema.getKey()));
          }
        });
    removeTitles(renamed);
    components.set("schemas", renamed);
    changeReferences(document);
  }

  /** Generators would name the class of a schema by its title. */
  private static void removeTitles(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("title").isString()) {
      object.remove("title");
    }
    node.values().forEach(SchemaNames::removeTitles);
  }

  private static void changeReferences(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : object.properties()) {
        if (property.getValue() instanceof StringNode text && text.asString().startsWith(PREFIX)) {
          property.setValue(
              StringNode.valueOf(PREFIX + of(text.asString().substring(PREFIX.length()))));
        } else {
          changeReferences(property.getValue());
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.values().forEach(SchemaNames::changeReferences);
    }
  }
}
