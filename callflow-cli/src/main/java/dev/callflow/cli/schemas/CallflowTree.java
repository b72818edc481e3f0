package dev.callflow.cli.schemas;

import dev.callflow.core.CallflowCheck;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.Json;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema of callflows, in which the data of each node has the schema of its element. */
final class CallflowTree {

  private static final String DEFINITIONS = "#/definitions/";

  private CallflowTree() {}

  static ObjectNode schema(Collection<CallflowModule> modules) {
    Map<String, CallflowModule> elements = new TreeMap<>();
    modules.forEach(module -> elements.put(module.name(), module));

    ObjectNode callflow = CallflowCheck.schema();
    callflow.putArray("required").add("flow");
    ((ObjectNode) callflow.path("properties")).putObject("flow").put("$ref", DEFINITIONS + "node");
    ObjectNode action = (ObjectNode) callflow.at("/definitions/action");
    ObjectNode definitions = callflow.putObject("definitions");
    definitions.set("node", node(action, elements, definitions));
    return callflow;
  }

  private static ObjectNode node(
      ObjectNode action, Map<String, CallflowModule> elements, ObjectNode definitions) {
    ObjectNode node =
        Json.object().put("description", "A node: an element, its data, its children");
    node.put("type", "object");
    // An empty object is a node as well, at which the call stops.
    node.putObject("if").put("minProperties", 1);
    node.putObject("then").set("required", action.get("required"));
    node.set("properties", action.get("properties"));
    ObjectNode module = (ObjectNode) node.at("/properties/module");
    ((ObjectNode) node.at("/properties/children/additionalProperties"))
        .put("$ref", DEFINITIONS + "node");

    ArrayNode names = module.putArray("anyOf");
    ArrayNode each = node.putArray("allOf");
    elements.forEach((name, element) -> {
      ObjectNode choice = names.addObject().put("const", name);
      element
          .schema()
          .ifPresent(data -> {
            ObjectNode definition = moved(data, name, definitions);
            if (definition.has("title")) {
              choice.put("description", definition.path("title").asString(""));
            }
            definitions.set(name, definition);
            ObjectNode rule = each.addObject();
            ObjectNode condition = rule.putObject("if");
            condition.putObject("properties").putObject("module").put("const", name);
            condition.putArray("required").add("module");
            rule.putObject("then")
                .putObject("properties")
                .putObject("data")
                .put("$ref", DEFINITIONS + name);
          });
    });
    // Callflows may have nodes of other elements, which calls pass by.
    names.addObject().put("type", "string");
    return node;
  }

  /** Returns a schema whose own definitions have been moved to those of the callflow. */
  private static ObjectNode moved(ObjectNode schema, String name, ObjectNode definitions) {
    ObjectNode moved =
        Json.readObject(
            schema.toString().replace("\"" + DEFINITIONS, "\"" + DEFINITIONS + name + "."));
    moved.remove("$schema");
    JsonNode own = moved.remove("definitions");
    if (own != null) {
      own.properties().forEach(it -> definitions.set(name + "." + it.getKey(), it.getValue()));
    }
    return moved;
  }
}
