package dev.callflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.event.EventType;
import dev.callflow.core.document.Json;
import dev.callflow.testkit.replay.CaseRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The page about events lists every event, with the keys that it is published with. */
class EventsPageTests {

  private static final Path PROJECT = Path.of("../..");
  private static final Path PAGE = PROJECT.resolve("docs/events.md");

  private static final Pattern SECTION = Pattern.compile("(?ms)^## ([^\n]+)\n(.*?)(?=^## |\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.*?)```");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| [^|]+ \\| ([^|]+) \\| `([A-Za-z-]+)` \\|$");
  private static final Pattern FIELD = Pattern.compile("`([a-z_]+)`( \\()?");

  /** Events that no case can cause, because it takes a mixer that fails. */
  private static final Set<String> WITHOUT_CASE = Set.of("conference-repaired", "conference-state");

  /**
   * An event of the page.
   *
   * @param required the keys with which it is always published
   * @param possible these, and those with which it is published sometimes
   */
  private record Row(
      String event,
      Set<String> required,
      Set<String> possible,
      String shownBy,
      ObjectNode example) {

    @Override
    public String toString() {
      return event;
    }
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    Matcher section = SECTION.matcher(Files.readString(PAGE));
    while (section.find()) {
      Matcher written = EXAMPLE.matcher(section.group(2));
      if (written.find() && ROW.matcher(section.group(2)).find()) {
        rows.addAll(rows(section.group(2), Json.readObject(written.group(1))));
      }
    }
    return rows;
  }

  /** All events of a section have the keys of its example, apart from those of a single row. */
  private static List<Row> rows(String section, ObjectNode example) {
    Map<String, Set<String>> required = new TreeMap<>();
    Map<String, Set<String>> possible = new TreeMap<>();
    Map<String, String> shownBy = new HashMap<>();
    Matcher row = ROW.matcher(section);
    while (row.find()) {
      shownBy.put(row.group(1), row.group(3));
      Set<String> always = required.computeIfAbsent(row.group(1), event -> new TreeSet<>());
      Set<String> all = possible.computeIfAbsent(row.group(1), event -> new TreeSet<>());
      FIELD
          .matcher(row.group(2))
          .results()
          .forEach(field -> {
            all.add(field.group(1));
            if (field.group(2) == null) {
              always.add(field.group(1));
            }
          });
    }
    Set<String> common = new TreeSet<>(example.propertyNames());
    common.removeAll(possible.getOrDefault(example.path("event").asString(), Set.of()));
    return shownBy.keySet().stream()
        .map(event -> {
          required.get(event).addAll(common);
          possible.get(event).addAll(common);
          return new Row(
              event, required.get(event), possible.get(event), shownBy.get(event), example);
        })
        .toList();
  }

  @Test
  void everyEventIsListed() throws IOException {
    assertThat(rows())
        .extracting(Row::event)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values()).map(EventType::key).toList());
  }

  @Test
  void theEventsThatCanBeFilteredAreThoseOfThePage() throws IOException {
    Matcher list =
        Pattern.compile("(?s)These can be filtered: (.*?)\\.\n").matcher(Files.readString(PAGE));
    assertThat(list.find()).isTrue();
    assertThat(
            Pattern.compile("`([a-z-]+)`").matcher(list.group(1)).results().map(it -> it.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values())
                .filter(EventType::isFiltered)
                .map(EventType::key)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEventIsPublishedWithTheKeysThatThePageLists(Row row) throws Exception {
    if (WITHOUT_CASE.contains(row.event())) {
      return;
    }
    List<ObjectNode> published =
        CaseRunner.run(file(row.shownBy())).events().stream()
            .filter(event -> event.path("event").asString().equals(row.event()))
            .toList();

    assertThat(published).as("the events of %s", row.shownBy()).isNotEmpty();
    for (ObjectNode event : published) {
      assertThat(event.propertyNames()).containsAll(row.required());
      assertThat(row.possible()).containsAll(event.propertyNames());
      if (row.example().path("event").asString().equals(row.event())) {
        assertThat(event.path("conference_channel_vars").propertyNames())
            .hasSameElementsAs(row.example().path("conference_channel_vars").propertyNames());
        assertThat(types(row.example())).containsAllEntriesOf(types(event));
      }
    }
  }

  private static Map<String, String> types(ObjectNode event) {
    Map<String, String> types = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : event.properties()) {
      types.put(property.getKey(), property.getValue().getNodeType().name());
    }
    return types;
  }

  private static Path file(String name) {
    for (String folder : List.of("callflow-conference", "testing/callflow-testkit")) {
      Path file =
          PROJECT.resolve(folder).resolve("src/test/resources/cases/" + name + ".case.json");
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new AssertionError("there is no case " + name);
  }
}
