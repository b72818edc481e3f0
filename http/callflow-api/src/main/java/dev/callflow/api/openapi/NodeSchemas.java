package dev.callflow.api.openapi;

import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of the nodes of callflows: one for each element, with the schema of its data, and one
 * for all others.
 */
final class NodeSchemas {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final String NODE = "callflows.action";

  private NodeSchemas() {}

  /** Replaces the schema of nodes, which allows any data, by a choice of those of the elements. */
  static void addTo(ObjectNode schemas) {
    ObjectNode any = (ObjectNode) schemas.path(NODE);
    ObjectNode choice = Json.object().put("description", "A node, by the name of its element");
    ArrayNode nodes = choice.putArray("oneOf");
    ObjectNode discriminator = choice.putObject("discriminator").put("propertyName", "module");
    ObjectNode mapping = discriminator.putObject("mapping");
    ArrayNode known = Json.object().arrayNode();
    elements()
        .forEach((name, data) -> {
          String node = name + "_node";
          ObjectNode one = any.deepCopy();
          one.put("description", data.path("title").asString("A node of the element " + name));
          ObjectNode properties = (ObjectNode) one.path("properties");
          properties.putObject("module").put("type", "string").putArray("enum").add(name);
          properties.putObject("data").put("$ref", SCHEMAS + name + "_data");
          OpenApi.add(schemas, name + "_data", data);
          schemas.set(node, one);
          nodes.addObject().put("$ref", SCHEMAS + node);
          mapping.put(name, SCHEMAS + node);
          known.add(name);
        });
    ObjectNode other = any.deepCopy();
    other.put("description", "A node of another element, which calls pass by unless it is added");
    ((ObjectNode) other.at("/properties/module")).putObject("not").set("enum", known);
    schemas.set("other_node", other);
    nodes.addObject().put("$ref", SCHEMAS + "other_node");
    schemas.set(NODE, choice);
  }

  /** Returns the schemas of the data, by the names of the elements. */
  private static Map<String, ObjectNode> elements() {
    Map<String, ObjectNode> elements = new TreeMap<>();
    TimeSource time = TimeSource.system();
    for (CallflowModule module : CallflowEngine.builder(new MemoryStore(time), time).modules()) {
      module.schema().ifPresent(schema -> elements.put(module.name(), schema.deepCopy()));
    }
    ObjectNode conference =
        Objects.requireNonNull(ConferenceSchemas.schemas().get("callflows.conference"));
    // A conference in a callflow has the keys of a stored one.
    ((ObjectNode) conference.at("/properties/config")).put("$ref", SCHEMAS + "conferences");
    elements.put("conference", conference);
    elements.put("conference_feature", conference.deepCopy());
    return elements;
  }
}
