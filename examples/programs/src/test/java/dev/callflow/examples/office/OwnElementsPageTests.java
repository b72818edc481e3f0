package dev.callflow.examples.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares docs/own-elements.md with the sources in this package, which are tested. */
class OwnElementsPageTests {

  private static final Path PAGE = Path.of("../../docs/own-elements.md");
  private static final Path SOURCES = Path.of("src/test/java/dev/callflow/examples/office");
  private static final Path FILES = Path.of("src/test/resources/dev/callflow/examples/office");

  static final Path CASE = FILES.resolve("closed-on-a-holiday.case.json");

  @Test
  void theProgramsOfThePageAreTestedHere() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String name :
        List.of("Holidays", "Hours", "BusinessHours", "OfficeElements", "BusinessHoursTests")) {
      sources.append(Files.readString(SOURCES.resolve(name + ".java")));
    }

    assertThat(blocks("java"))
        .hasSize(8)
        .allSatisfy(block -> assertThat(withoutSpace(sources)).contains(withoutSpace(block)));
  }

  @Test
  void theCallflowTheSchemaAndTheCaseOfThePageAreTestedHere() throws IOException {
    String schema = Files.readString(FILES.resolve("business_hours.json"));
    String written = Files.readString(CASE);

    List<String> blocks = blocks("json");

    assertThat(blocks).hasSize(3);
    assertThat(withoutSpace(written)).contains(withoutSpace(blocks.get(0)));
    assertThat(withoutSpace(blocks.get(1))).isEqualTo(withoutSpace(schema));
    assertThat(withoutSpace(blocks.get(2))).isEqualTo(withoutSpace(written));
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** Removes all white space, since the page and the formatter break lines in different places. */
  private static String withoutSpace(CharSequence text) {
    return text.toString().replaceAll("\\s+", "");
  }
}
