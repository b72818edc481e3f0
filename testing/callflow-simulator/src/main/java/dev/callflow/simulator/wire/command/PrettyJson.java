package dev.callflow.simulator.wire.command;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes JSON in cJSON's format, as FreeSWITCH does: objects are indented with tabs, and arrays
 * have no line breaks.
 */
final class PrettyJson {

  private PrettyJson() {}

  static String of(JsonNode node) {
    StringBuilder text = new StringBuilder();
    write(node, 0, text);
    return text.toString();
  }

  private static void write(JsonNode node, int depth, StringBuilder text) {
    if (node.isObject()) {
      text.append("{\n");
      boolean first = true;
      for (Map.Entry<String, JsonNode> property : node.properties()) {
        text.append(first ? "" : ",\n").append("\t".repeat(depth + 1));
        text.append(StringNode.valueOf(property.getKey())).append(":\t");
        write(property.getValue(), depth + 1, text);
        first = false;
      }
      text.append(first ? "" : "\n").append("\t".repeat(depth)).append('}');
    } else if (node.isArray()) {
      text.append('[');
      boolean first = true;
      for (JsonNode each : node) {
        text.append(first ? "" : ", ");
        write(each, depth + 1, text);
        first = false;
      }
      text.append(']');
    } else {
      text.append(node);
    }
  }
}
