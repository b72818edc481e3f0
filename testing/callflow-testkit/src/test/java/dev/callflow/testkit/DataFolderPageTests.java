package dev.callflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.event.EventType;
import dev.callflow.core.document.Json;
import dev.callflow.testkit.replay.CaseFile;
import dev.callflow.testkit.replay.CaseRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page about the data folder has the tables of the published schemas, and its example does what
 * the page says. The schemas have the configuration that the code reads.
 */
class DataFolderPageTests {

  private static final Path PROJECT = Path.of("../..");
  private static final Path PAGE = PROJECT.resolve("docs/data-folder.md");

  private static final Pattern SECTION = Pattern.compile("(?ms)^##+ ([^\n]+)\n(.*?)(?=^##|\\z)");
  private static final Pattern FILE =
      Pattern.compile("(?s)`(accounts/[^`]+/|)([a-z0-9-]+)\\.json`:?\n\n```json\n(.*?)```");
  private static final Pattern CALL = Pattern.compile("(?s)<!-- call -->\n```json\n(.*?)```");

  /** How the code reads the section conferences of the configuration. */
  private static final Pattern READS =
      Pattern.compile(
          "(?:settings\\(?\\)?|LayeredSettings\\.of\\([^\"]*\"conferences\"\\))"
              + "\\s*\\.(?:text|bool|millis|value)\\(\\s*\"([a-z_]+)\"");

  private static JsonNode schema(String file) throws IOException {
    return Json.read(Files.readString(PROJECT.resolve("docs/schemas").resolve(file + ".json")));
  }

  @Test
  void theTablesAreThoseOfTheSchemas() throws IOException {
    JsonNode configuration = schema("account").at("/properties/config/properties");
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("account.json", SchemaTable.of(schema("account"), "config"));
    expected.put("system.json", SchemaTable.of(schema("system"), "conferences", "limits"));
    expected.put("conferences", SchemaTable.of(configuration.path("conferences")));
    expected.put("limits", SchemaTable.of(configuration.path("limits")));
    for (String type : Set.of("device", "media", "user")) {
      expected.put(type, SchemaTable.of(schema(type)));
    }
    Map<String, String> shown = new LinkedHashMap<>();
    SECTION
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(section -> {
          Matcher table = SchemaTable.TABLE.matcher(section.group(2));
          shown.put(section.group(1), table.find() ? table.group() : "");
        });

    // Each of these tables can be copied into the page.
    expected.forEach((section, table) ->
        assertThat(shown.get(section))
            .as("the table of %s in docs/data-folder.md", section)
            .isEqualTo(table));
  }

  @Test
  void theSchemaHasEachKeyOfTheConfigurationThatTheCodeReads() throws IOException {
    Set<String> read = new TreeSet<>();
    try (Stream<Path> files = Files.walk(PROJECT.resolve("callflow-conference/src/main/java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        READS.matcher(Files.readString(file)).results().forEach(found -> read.add(found.group(1)));
      }
    }
    assertThat(read).contains("pin_timeout", "pin_throttle", "talking_interval");
    JsonNode known = schema("account").at("/properties/config/properties/conferences/properties");
    assertThat(known.propertyNames()).containsAll(read);
  }

  @Test
  void theEventsThatCanBeFilteredAreInTheSchema() throws IOException {
    assertThat(
            schema("system")
                .at("/properties/ecallmgr/properties/publish_participant_event/items/enum")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactlyElementsOf(
            Stream.of(EventType.values())
                .filter(EventType::isFiltered)
                .map(EventType::key)
                .toList());
  }

  @Test
  void theExampleDoesWhatThePageSays() throws Exception {
    String page = Files.readString(PAGE);
    ObjectNode account = Json.object();
    Matcher file = FILE.matcher(page);
    while (file.find()) {
      ObjectNode body = Json.readObject(file.group(3));
      if (file.group(2).equals("account")) {
        account.setAll(body);
      } else if (!file.group(2).equals("system")) {
        String type = Path.of(file.group(1)).getFileName().toString();
        ObjectNode document = Json.object();
        document.put("id", file.group(2));
        document.setAll(body);
        account.withArray(type).add(document);
      }
    }
    assertThat(account.propertyNames())
        .contains("realm", "callflows", "conferences", "media", "users", "devices");
    Matcher call = CALL.matcher(page);
    assertThat(call.find()).isTrue();
    ObjectNode written = Json.readObject(call.group(1));
    written.put("case", "The example of the data folder does what the page says");
    written.putObject("accounts").set("acme", account);

    CaseRunner.run(CaseFile.parse("docs/data-folder.md", written.toString())).orThrow();
  }
}
