package dev.callflow.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the files and commands of the pages in docs/howto that need no other program. */
class HowToPagesTests {

  private static final String TEST_A_CALLFLOW = "docs/howto/test-a-callflow.md";

  @TempDir private Path folder;

  private final StringWriter output = new StringWriter();

  private int run(String... arguments) {
    PrintWriter writer = new PrintWriter(output, true);
    return new CommandLine(new Main()).setOut(writer).setErr(writer).execute(arguments);
  }

  @Test
  void theCaseOfThePagePasses() throws IOException {
    List<Page.Block> cases = Page.read(TEST_A_CALLFLOW).blocks("json");
    assertThat(cases).hasSize(1);
    Path file = Files.writeString(folder.resolve("bad-pin.case.json"), cases.getFirst().text());

    assertThat(run("replay", file.toString())).as(output.toString()).isZero();
  }

  @Test
  void theExamplesHaveNoWarnings() throws IOException {
    assertThat(Page.read(TEST_A_CALLFLOW).blocks("sh").getFirst().commands())
        .containsExactly("./callflow lint --strict examples/data");

    assertThat(run("lint", "--strict", Page.ROOT.resolve("examples/data").toString()))
        .as(output.toString())
        .isZero();
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    String index = Files.readString(Page.ROOT.resolve("docs/howto/README.md"));
    try (Stream<Path> pages = Files.list(Page.ROOT.resolve("docs/howto"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .hasSizeGreaterThan(7)
          .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }
  }
}
