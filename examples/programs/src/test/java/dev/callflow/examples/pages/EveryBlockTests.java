package dev.callflow.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.Main;
import dev.callflow.core.document.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import picocli.CommandLine;
import tools.jackson.core.JacksonException;

/**
 * Checks every fenced block of every page by its language. What a block does is tested by the test
 * of its page.
 */
class EveryBlockTests {

  /** The languages that this test checks, and those of output and pictures. */
  private static final Set<String> CHECKED =
      Set.of("java", "json", "sh", "xml", "properties", "", "log", "mermaid");

  /** Checked by the tests of the pages that show them. */
  private static final Set<String> CHECKED_ELSEWHERE = Set.of("yaml");

  /** Configuration of other programs, which was tried by hand; the pages say so. */
  private static final Set<String> TRIED_BY_HAND = Set.of("nginx", "caddyfile", "ini");

  private static final Pattern CLASS =
      Pattern.compile("^(?:public )?(?:final )?(?:class|record) (\\w+)", Pattern.MULTILINE);

  private static final Pattern COMMAND = Pattern.compile("\\./callflow ([a-z-]+)([^|>`]*)");

  private static List<Page> pages = List.of();

  @TempDir Path classes;

  @BeforeAll
  static void readsAllPages() throws IOException {
    pages = Page.all();
    assertThat(pages).hasSizeGreaterThan(30);
  }

  private static List<Page.Block> blocks(String language) {
    return pages.stream().flatMap(page -> page.blocks(language).stream()).toList();
  }

  @Test
  void everyBlockHasALanguageThatIsChecked() {
    assertThat(pages.stream().flatMap(page -> page.blocks().stream()))
        .allSatisfy(block ->
            assertThat(block.language())
                .as("the language of %s", block)
                .satisfiesAnyOf(
                    language -> assertThat(CHECKED).contains(language),
                    language -> assertThat(CHECKED_ELSEWHERE).contains(language),
                    language -> assertThat(TRIED_BY_HAND).contains(language)));
  }

  /** A block without a class has to occur in the sources of a module, which are compiled. */
  @Test
  void everyProgramCompiles() throws IOException {
    String compiled = withoutSpace(sources());
    List<JavaFileObject> programs = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Page.Block block : blocks("java")) {
      Matcher named = CLASS.matcher(block.text());
      if (compiled.contains(withoutSpace(block.text()))) {
        continue;
      }
      if (block.text().contains("import ") && named.find()) {
        programs.add(new Source(named.group(1), block.text()));
      } else {
        missing.add(block.toString());
      }
    }
    assertThat(missing).as("blocks that no source contains").isEmpty();
    assertThat(errors(programs)).isEmpty();
  }

  private static String sources() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String module :
        List.of(
            "examples/programs",
            "examples/spring-boot",
            "callflow-cli",
            "testing/callflow-simulator")) {
      try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module).resolve("src"))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          sources.append(Files.readString(file));
        }
      }
    }
    return sources.toString();
  }

  private List<String> errors(List<JavaFileObject> programs) {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options = List.of("-proc:none", "-d", classes.toString());
    ToolProvider.getSystemJavaCompiler().getTask(null, null, found, options, null, programs).call();
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(Diagnostic::toString)
        .toList();
  }

  @Test
  void everyJsonBlockIsJson() {
    assertThat(blocks("json"))
        .hasSizeGreaterThan(20)
        .allSatisfy(block -> assertThat(isJson(block.text())).as(block.toString()).isTrue());
  }

  /** A block may also show some keys of an object, without its braces. */
  private static boolean isJson(String text) {
    try {
      Json.read(text.strip().startsWith("\"") ? "{" + text + "}" : text);
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }

  @Test
  void everyXmlBlockIsWellFormed() {
    assertThat(blocks("xml"))
        .isNotEmpty()
        .allSatisfy(block ->
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<page>" + block.text() + "</page>"))));
  }

  @Test
  void everySettingsFileHasOnlyOptions() throws IOException {
    Set<String> options = Set.copyOf(optionsOfAll());
    for (Page.Block block : blocks("properties")) {
      Properties settings = new Properties();
      settings.load(new StringReader(block.text()));
      assertThat(settings.stringPropertyNames())
          .as(block.toString())
          .allSatisfy(key -> assertThat(options).contains("--" + key));
    }
  }

  private static List<String> optionsOfAll() {
    return new CommandLine(new Main())
        .getSubcommands().values().stream().flatMap(each -> options(each).stream()).toList();
  }

  private static List<String> options(CommandLine command) {
    return Stream.concat(
            command.getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names())),
            command.getSubcommands().values().stream().flatMap(it -> options(it).stream()))
        .toList();
  }

  @Test
  void everyShellBlockHasCorrectSyntax() throws IOException, InterruptedException {
    for (Page page : pages) {
      StringBuilder script = new StringBuilder();
      page.blocks("sh").forEach(block -> script.append(block.text()).append('\n'));
      Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
      bash.getOutputStream().write(script.toString().getBytes(StandardCharsets.UTF_8));
      bash.getOutputStream().close();
      String errors = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bash.waitFor()).as("%s: %s", page.name(), errors).isZero();
    }
  }

  /** Commands in blocks of output and in lists count, too. */
  @Test
  void everyCommandOfCallflowHasTheOptionsThatThePageShows() {
    var commands = new CommandLine(new Main()).getSubcommands();
    int checked = 0;
    for (Page page : pages) {
      for (Page.Block block :
          Stream.of("sh", "").flatMap(language -> page.blocks(language).stream()).toList()) {
        for (String line : block.commands()) {
          Matcher command = COMMAND.matcher(line);
          while (command.find()) {
            CommandLine named = commands.get(command.group(1));
            assertThat(named).as("the command of %s", block).isNotNull();
            Matcher option = Pattern.compile("--[a-z-]+").matcher(command.group(2));
            while (option.find()) {
              assertThat(options(named)).as(block.toString()).contains(option.group());
            }
            checked++;
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
