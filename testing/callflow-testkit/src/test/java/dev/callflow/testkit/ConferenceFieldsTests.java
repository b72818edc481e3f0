package dev.callflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The page about conference fields lists every field of the schemas, and names only tests that
 * exist.
 */
class ConferenceFieldsTests {

  private static final Path PROJECT = Path.of("../..");
  private static final Path PAGE = PROJECT.resolve("docs/conference-fields.md");
  private static final Path SCHEMAS =
      PROJECT.resolve("callflow-conference/src/main/resources/dev/callflow/conference/schema");
  private static final Pattern NAMED = Pattern.compile("`([A-Za-z0-9-]+)`");

  @ParameterizedTest
  @ValueSource(
      strings = {"callflows.conference", "conferences", "conferences.profile", "conferences.dial"})
  void everyFieldOfTheSchemaIsListedWithItsDefault(String schema) throws IOException {
    Map<String, List<String>> lines = table(schema);
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
    collect(Json.read(Files.readString(SCHEMAS.resolve(schema + ".json"))), "", fields);
    assertThat(lines.keySet())
        .containsExactlyInAnyOrderElementsOf(fields.stream().map(Map.Entry::getKey).toList());
    for (Map.Entry<String, JsonNode> field : fields) {
      JsonNode standard = field.getValue().get("default");
      if (standard != null) {
        assertThat(lines.get(field.getKey()).get(3))
            .as("the default of %s", field.getKey())
            .contains("`" + standard.toString().replace("\"", "") + "`");
      }
    }
  }

  private static void collect(
      JsonNode schema, String prefix, List<Map.Entry<String, JsonNode>> fields) {
    JsonNode properties = schema.get("properties");
    if (properties != null) {
      properties
          .properties()
          .forEach(property -> {
            fields.add(Map.entry(prefix + property.getKey(), property.getValue()));
            collect(property.getValue(), prefix + property.getKey() + ".", fields);
          });
    }
  }

  @Test
  void everyNamedCaseAndTestExists() throws IOException {
    Set<String> existing = new HashSet<>();
    for (String module :
        List.of(
            "callflow-conference",
            "callflow-freeswitch",
            "testing/callflow-testkit",
            "testing/engine")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".case.json") || name.endsWith(".java"))
            .forEach(name -> existing.add(name.replaceAll("\\.case\\.json$|\\.java$", "")));
      }
    }
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("|") && !line.startsWith("|---") && !line.endsWith("| Shown by |")) {
        String last = line.substring(line.lastIndexOf('|', line.length() - 2));
        Matcher matcher = NAMED.matcher(last);
        assertThat(matcher.find()).as(line).isTrue();
        matcher.reset();
        matcher.results().forEach(result -> named.add(result.group(1)));
      }
    }
    assertThat(named).hasSizeGreaterThan(100);
    assertThat(existing).containsAll(named);
  }

  /**
   * Returns the rows of a section's table, keyed by the field in the first column. The first column
   * has index 1.
   */
  private static Map<String, List<String>> table(String section) throws IOException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## ")) {
        inside = line.equals("## " + section);
      } else if (inside && line.startsWith("| `")) {
        List<String> columns = List.of(line.split(" *\\| *"));
        lines.put(columns.get(1).replace("`", ""), columns);
      }
    }
    return lines;
  }
}
