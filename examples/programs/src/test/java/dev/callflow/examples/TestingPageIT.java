package dev.callflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.Main;
import dev.callflow.core.document.Json;
import dev.callflow.ports.ReservedPort;
import dev.callflow.testkit.replay.CaseBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the programs, files and commands in docs/testing.md. */
class TestingPageIT {

  private static final Path PAGE = Path.of("../../docs/testing.md");
  private static final Path TESTS = Path.of("src/test/java/dev/callflow/examples");

  @TempDir private Path folder;

  /** Checks that the tests of this module contain the page's programs; white space is ignored. */
  @Test
  void theProgramsAreTestedHere() throws IOException {
    String source =
        Files.readString(TESTS.resolve("WeeklyTests.java"))
            + Files.readString(TESTS.resolve("MyApplicationIT.java"))
            + Files.readString(TESTS.resolve("VirtualWireTests.java"));
    List<String> programs = blocks("java");

    assertThat(programs)
        .hasSize(8)
        .allSatisfy(program -> assertThat(withoutSpace(source)).contains(withoutSpace(program)));
  }

  @Test
  void theCaseFileAndTheFaultsAreValid() throws Exception {
    List<String> blocks = blocks("json");

    assertThat(blocks).hasSize(2);
    CaseBuilder.that("faults")
        .with("faults", Json.read("{" + blocks.getLast() + "}").path("faults").toString())
        .build();
    Path file = Files.writeString(folder.resolve("a.case.json"), blocks.getFirst());
    StringWriter out = new StringWriter();
    assertThat(run(out, "replay", file.toString())).as(out.toString()).isZero();
  }

  @Test
  void theScriptForTheSimulatorSucceeds() throws Exception {
    String commands =
        blocks("").stream()
            .filter(block -> block.startsWith("wait connected"))
            .findFirst()
            .orElseThrow();
    StringWriter out = new StringWriter();
    Path script = Files.writeString(folder.resolve("script.txt"), commands);
    try (ReservedPort esl = new ReservedPort();
        ReservedPort calls = new ReservedPort()) {
      CompletableFuture<Integer> simulator =
          CompletableFuture.supplyAsync(() ->
              run(
                  out,
                  "simulate",
                  "--esl",
                  "127.0.0.1:" + esl.number(),
                  "--application",
                  "127.0.0.1:" + calls.number(),
                  "--media-scale",
                  "0.05",
                  "--script",
                  script.toString()));
      try (MyApplication application =
          new MyApplication(
              new InetSocketAddress("127.0.0.1", esl.number()),
              "ClueCon",
              new InetSocketAddress("127.0.0.1", calls.number()))) {
        assertThat(application.isConnected()).isTrue();
        assertThat(simulator.get()).as(out.toString()).isZero();
      }
    }
    assertThat(out.toString()).contains("hears conference/conf-enter_conf_pin.wav", "Alice <1001>");
  }

  /** Checks that each command has the options that the page shows. */
  @Test
  void theCommandsHaveTheOptionsOnThePage() throws IOException {
    List<String> commands =
        Pattern.compile("\\./callflow (\\w+)([^\\n`]*)")
            .matcher(Files.readString(PAGE))
            .results()
            .map(found -> found.group(1) + found.group(2))
            .toList();

    assertThat(commands).hasSizeGreaterThan(3);
    for (String command : commands) {
      String name = command.split(" ")[0];
      String usage = new CommandLine(new Main()).getSubcommands().get(name).getUsageMessage();
      Pattern.compile("--[a-z-]+")
          .matcher(command)
          .results()
          .forEach(option -> assertThat(usage).as(command).contains(option.group()));
    }
  }

  private static int run(StringWriter out, String... arguments) {
    PrintWriter writer = new PrintWriter(out);
    return new CommandLine(new Main()).setOut(writer).setErr(writer).execute(arguments);
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> found = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    String open = "";
    for (String line : Files.readAllLines(PAGE)) {
      if (!line.startsWith("```")) {
        block.append(line).append('\n');
      } else if (open.isEmpty()) {
        open = line;
        block.setLength(0);
      } else {
        if (open.equals("```" + language)) {
          found.add(block.toString());
        }
        open = "";
      }
    }
    return found;
  }

  /** Removes all white space, since the page and the formatter break lines in different places. */
  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }
}
