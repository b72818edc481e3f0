package dev.callflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The table in which a page shows a schema. */
final class SchemaTable {

  /** Such a table in a page. */
  static final Pattern TABLE = Pattern.compile("(?m)^\\| Key .*\n(?:\\|.*\n)*");

  private static final String HEADER = "| Key | Type | Default | Meaning |\n|---|---|---|---|\n";

  private SchemaTable() {}

  /** Returns the table of a schema, without the keys of some of its objects. */
  static String of(JsonNode schema, String... closed) {
    StringBuilder table = new StringBuilder(HEADER);
    addRows(schema, "", Set.of(closed), table);
    return table.toString();
  }

  /** Adds a row for each key, except for skip_module, which all elements have. */
  private static void addRows(
      JsonNode schema, String prefix, Set<String> closed, StringBuilder table) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (property.getKey().equals("skip_module")) {
        continue;
      }
      String key = prefix + property.getKey();
      JsonNode value = property.getValue();
      boolean required =
          schema
              .path("required")
              .valueStream()
              .anyMatch(it -> it.asString().equals(property.getKey()));
      String meaning = value.path(value.has("anyOf") ? "title" : "description").asString("");
      assertThat(meaning).as("the description of %s in the schema", key).isNotBlank();
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(key, type(value), standard(value, required), meaning.replace("|", "\\|")));
      if (!closed.contains(key)) {
        addRows(value, key + ".", closed, table);
        addRows(value.path("items"), key + "[].", closed, table);
      }
    }
  }

  private static String standard(JsonNode schema, boolean required) {
    if (schema.has("default")) {
      JsonNode value = schema.get("default");
      return "`" + (value.isString() ? value.asString() : value.toString()) + "`";
    }
    return required ? "required" : "–";
  }

  private static String type(JsonNode schema) {
    if (schema.has("anyOf")) {
      return schema
          .get("anyOf")
          .valueStream()
          .map(SchemaTable::type)
          .collect(Collectors.joining(" or "));
    }
    if (schema.has("enum")) {
      return schema
          .get("enum")
          .valueStream()
          .map(it -> "`" + it.asString() + "`")
          .collect(Collectors.joining(", "));
    }
    String type = schema.path("type").asString();
    return switch (type) {
      case "integer" -> type + range(schema);
      case "array" -> "array of " + type(schema.get("items"));
      case "object" ->
          schema.path("additionalProperties").isObject()
              ? "object of " + type(schema.get("additionalProperties")) + "s"
              : type;
      case "string" -> type + (schema.has("maxLength") ? length(schema) : "");
      default -> type;
    };
  }

  private static String range(JsonNode schema) {
    if (schema.has("maximum")) {
      return ", " + schema.get("minimum") + " to " + schema.get("maximum");
    }
    return schema.has("minimum") ? ", at least " + schema.get("minimum") : "";
  }

  private static String length(JsonNode schema) {
    int shortest = schema.path("minLength").asInt(0);
    int longest = schema.get("maxLength").asInt();
    return (shortest == longest ? ", " : ", " + shortest + " to ") + longest + " characters";
  }
}
