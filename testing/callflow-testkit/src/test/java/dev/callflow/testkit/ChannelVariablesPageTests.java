package dev.callflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the page about channel variables with the code that reads and sets them. */
class ChannelVariablesPageTests {

  private static final Path PROJECT = Path.of("../..");
  private static final Path PAGE = PROJECT.resolve("docs/channel-variables.md");

  private static final String NAME = "([A-Za-z][A-Za-z0-9_-]*)";

  /** How the code names a variable when it reads or sets one. */
  private static final List<Pattern> USES =
      List.of(
          Pattern.compile("(?:variables|all)\\s*\\.put\\(\\s*\"" + NAME + "\""),
          Pattern.compile("number\\(variables, \"" + NAME + "\""),
          Pattern.compile("\\.variable\\(\\s*\"" + NAME + "\""),
          Pattern.compile("execute\\(\\s*\"set\",\\s*\"" + NAME + "="),
          Pattern.compile("String \\w+ = \"((?:callflow|cf|sip_h)_[A-Za-z0-9_-]+)\""),
          Pattern.compile("name\\.equals\\(\"([a-z]+_[a-z_]+)\"\\)"));

  /** The prefix of the names of rooms, which are no variables. */
  private static final String ROOM = "cf_";

  @Test
  void thePageListsEveryVariableThatTheCodeReadsOrSets() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      for (Pattern use : USES) {
        use.matcher(text).results().forEach(found -> used.add(found.group(1)));
      }
    }
    used.remove(ROOM);

    assertThat(used).hasSizeGreaterThan(30);
    assertThat(listed()).containsAll(used);
  }

  @Test
  void thePageListsNoVariableThatTheCodeDoesNotKnow() throws IOException {
    StringBuilder code = new StringBuilder();
    for (Path file : sources()) {
      code.append(Files.readString(file));
    }
    for (String name : listed()) {
      // Variables of rooms have a common prefix.
      String alternative = "PREFIX + \"" + name.replaceFirst("^callflow_", "") + "\"";
      assertThat(code.toString().contains("\"" + name) || code.indexOf(alternative) >= 0)
          .as(name)
          .isTrue();
    }
  }

  /** Returns the names in the tables; of {@code cav_<name>}, only the prefix. */
  private static Set<String> listed() throws IOException {
    return Pattern.compile("(?m)^\\| `([^`<]+)(?:<[a-z]+>)?`")
        .matcher(Files.readString(PAGE))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the files that read and set variables of channels and rooms. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> freeSwitch = java(PROJECT.resolve("callflow-freeswitch/src/main/java"));
        Stream<Path> core = java(PROJECT.resolve("callflow-core/src/main/java"));
        Stream<Path> conference = java(PROJECT.resolve("callflow-conference/src/main/java"))) {
      return Stream.of(freeSwitch, core, conference).flatMap(files -> files).sorted().toList();
    }
  }

  private static Stream<Path> java(Path folder) throws IOException {
    return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
  }
}
