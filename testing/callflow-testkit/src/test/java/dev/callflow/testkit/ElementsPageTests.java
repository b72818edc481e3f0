package dev.callflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleProvider;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import dev.callflow.testkit.replay.CaseFile;
import dev.callflow.testkit.replay.CaseRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page about elements has a section for each built-in element, its tables are those of the
 * schemas, and its examples do what the page says.
 */
class ElementsPageTests {

  private static final Path PROJECT = Path.of("../..");
  private static final Path PAGE = PROJECT.resolve("docs/elements.md");
  private static final Path CORE =
      PROJECT.resolve("callflow-core/src/main/resources/dev/callflow/core/module");
  private static final Path CONFERENCE =
      PROJECT.resolve(
          "callflow-conference/src/main/resources/dev/callflow/conference/schema/callflows.conference.json");

  private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z_]+)\n(.*?)(?=^## |\\z)");
  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");

  @Test
  void everyBuiltInElementHasASection() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (ModuleProvider provider : ServiceLoader.load(ModuleProvider.class)) {
      provider.modules().stream().map(CallflowModule::name).forEach(names::add);
    }
    conferenceModules().stream().map(CallflowModule::name).forEach(names::add);

    assertThat(sections().keySet()).containsExactlyElementsOf(names);
    String readme = Files.readString(PROJECT.resolve("README.md"));
    for (String name : names) {
      assertThat(readme).contains("[`" + name + "`](docs/elements.md#" + name + ")");
    }
  }

  private static List<CallflowModule> conferenceModules() {
    VirtualTime time = new VirtualTime();
    SimulatedSwitch model =
        new SimulatedSwitch(time, SwitchSettings.seeded(1, file -> Optional.empty()));
    Conferences conferences =
        Conferences.builder(new MemoryStore(), new InProcessSwitch(model, time).mixer(), time)
            .build();
    return conferences.modules();
  }

  @Test
  void theTablesAreThoseOfTheSchemas() throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    for (Map.Entry<String, String> section : sections().entrySet()) {
      Matcher table = SchemaTable.TABLE.matcher(section.getValue());
      shown.put(section.getKey(), table.find() ? table.group() : "");
      expected.put(section.getKey(), SchemaTable.of(schema(section.getKey())));
    }

    // Each of these tables can be copied into the page.
    expected.forEach((element, table) ->
        assertThat(shown.get(element))
            .as("the table of %s in docs/elements.md", element)
            .isEqualTo(table));
  }

  @Test
  void everyElementCanBeSkipped() throws IOException {
    for (String element : sections().keySet()) {
      assertThat(schema(element).at("/properties/skip_module/type").asString(""))
          .as(element)
          .isEqualTo("boolean");
    }
  }

  @ParameterizedTest
  @MethodSource("elements")
  void theExampleDoesWhatThePageSays(String element) throws Exception {
    List<ObjectNode> blocks = blocks(sections().get(element));
    assertThat(blocks).hasSize(2);
    ObjectNode example = blocks.getFirst();
    assertThat(example.at("/flow").findValuesAsString("module")).contains(element);

    ObjectNode account = blocks(Files.readString(PAGE)).getFirst().deepCopy();
    ((ArrayNode) account.get("callflows")).add(example);
    ObjectNode call = (ObjectNode) blocks.getLast().get("call");
    call.put("at", "0s").put("account", "acme");
    ObjectNode written = Json.object();
    written.put("case", "The example of " + element + " does what the page says");
    written.putObject("accounts").set("acme", account);
    written.putObject("calls").set("alice", call);
    written.putObject("expect").putObject("calls").set("alice", blocks.getLast().get("expect"));

    CaseRunner.run(CaseFile.parse("docs/elements.md#" + element, written.toString())).orThrow();
  }

  static List<String> elements() throws IOException {
    return new ArrayList<>(sections().keySet());
  }

  private static Map<String, String> sections() throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    SECTION
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(it -> sections.put(it.group(1), it.group(2)));
    return sections;
  }

  private static List<ObjectNode> blocks(String text) {
    return JSON.matcher(text).results().map(it -> Json.readObject(it.group(1))).toList();
  }

  private static JsonNode schema(String element) {
    Path file = element.startsWith("conference") ? CONFERENCE : CORE.resolve(element + ".json");
    try {
      return Json.read(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError("there is no schema of " + element, e);
    }
  }
}
