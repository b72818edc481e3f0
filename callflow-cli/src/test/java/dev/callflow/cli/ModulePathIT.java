package dev.callflow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.command.ModulePath;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The commands with the elements of a jar, which is built from the sources of the example. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(300)
class ModulePathIT {

  private static final Path EXAMPLE = Path.of("../examples/programs/src/test");
  private static final String PACKAGE = "dev/callflow/examples/office/";
  private static final Path RESOURCES = EXAMPLE.resolve("resources").resolve(PACKAGE);
  private static final String CASE = RESOURCES.resolve("closed-on-a-holiday.case.json").toString();
  private static final String PROVIDERS = "META-INF/services/dev.callflow.core.ModuleProvider";
  private static final String MODULES = "META-INF/services/dev.callflow.core.CallflowModule";

  /** The classes, the schema and the announcement of the example. */
  @TempDir private static Path classes;

  @TempDir private static Path jars;

  private static Path jar;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeAll
  static void buildTheJarOfTheExample() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String name : List.of("Holidays", "Hours", "BusinessHours", "OfficeElements")) {
      sources.add(EXAMPLE.resolve("java").resolve(PACKAGE).resolve(name + ".java"));
    }
    compile(classes, sources);
    Files.copy(
        RESOURCES.resolve("business_hours.json"),
        classes.resolve(PACKAGE).resolve("business_hours.json"));
    write(classes.resolve(PROVIDERS), "dev.callflow.examples.office.OfficeElements\n");
    jar = jars.resolve("office.jar");
    pack(classes, jar, file -> true);
  }

  // ---- lint

  @Test
  void lintChecksTheDataOfTheElements() throws IOException {
    Path file =
        callflow(
            "{\"timezone\":\"Asia/Tokio\",\"announcement\":\"https://media.example.com/a.wav\"}");

    assertThat(run("lint", file.toString())).isZero();
    assertThat(out.toString()).contains("unknown module \"business_hours\"");
    out.getBuffer().setLength(0);

    assertThat(run("lint", "--module-path", jar.toString(), file.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            file + ": /flow/data/timezone: must be a time zone such as Asia/Tokyo",
            file
                + ": /flow/data/announcement: warning: is played only if the host application"
                + " allows the host of the URL");
  }

  @Test
  void theSchemasForEditorsDescribeTheElements() throws IOException {
    Path schemas = folder.resolve("schemas");
    assertThat(run("schemas", "--module-path", jar.toString(), schemas.toString())).isZero();
    assertThat(Files.readString(schemas.resolve("callflow.json")))
        .contains("\"const\": \"business_hours\"", "\"emergency_key\": {");
  }

  @Test
  void aModulePathIsAJarOrAFolderOfJarsOrAFolderOfClasses() throws IOException {
    Path file = callflow("{\"timezone\":\"Asia/Tokyo\",\"announcement\":\"closed\"}");

    for (Path path : List.of(jar, jars, classes)) {
      assertThat(run("lint", "--strict", "--module-path", path.toString(), file.toString()))
          .as(path + "\n" + out + err)
          .isZero();
    }
  }

  @Test
  void oneJarMayNeedAnother() throws IOException {
    Path record = folder.resolve("record.jar");
    Path rest = folder.resolve("rest.jar");
    pack(classes, record, file -> file.endsWith("Hours.class"));
    pack(classes, rest, file -> !file.endsWith("Hours.class"));
    Path file = callflow("{\"timezone\":\"Asia/Tokyo\",\"announcement\":\"closed\"}");
    String[] arguments = {
      "lint",
      "--strict",
      "--module-path",
      record.toString(),
      "--module-path",
      rest.toString(),
      file.toString()
    };

    assertThat(run(arguments)).as(out + "\n" + err).isZero();
  }

  @Test
  void closingAModulePathLeavesAnotherOfTheSameJarUsable() throws IOException {
    try (ModulePath open = ModulePath.open(List.of(jar));
        InputStream schema = schema(open)) {
      try (ModulePath closed = ModulePath.open(List.of(jar));
          InputStream same = schema(closed)) {
        assertThat(same.read()).isEqualTo('{');
      }
      assertThat(new String(schema.readAllBytes(), UTF_8)).startsWith("{");
    }
  }

  private static InputStream schema(ModulePath path) {
    return path.modules().getFirst().getClass().getResourceAsStream("business_hours.json");
  }

  // ---- replay

  /** New Year is not a holiday of the jar, unlike in the test of the example. */
  @Test
  void replayRunsTheElements() throws IOException {
    Path open = folder.resolve("open.case.json");
    Files.writeString(
        open,
        Files.readString(Path.of(CASE))
            .replaceAll("(?s), \"does\": .*?]}}", "}}")
            .replaceAll("\"hears\": .*?]", "\"hears\": [\"media:welcome\"]"));

    assertThat(run("replay", "--module-path", jar.toString(), open.toString()))
        .as(out + "\n" + err)
        .isZero();
    assertThat(run("replay", open.toString())).isEqualTo(1);
  }

  // ---- host

  @Test
  void theHostRunsTheElementsAndItsJournalCanBeReplayed() throws Exception {
    Path data = folder.resolve("data");
    Path journal = folder.resolve("calls.jsonl");
    write(
        data.resolve("accounts/acme/callflows/f.json"),
        """
        {"numbers": ["2000"], "flow": {"module": "business_hours",
          "data": {"timezone": "Asia/Tokyo", "days": [], "announcement": "tone_stream://%(100,0,440)"},
          "children": {"closed": {"module": "hangup", "data": {"cause": "USER_BUSY"}}}}}
        """);
    PipedReader output = new PipedReader(8_192);
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start();
        PrintWriter writer = new PrintWriter(new PipedWriter(output));
        BufferedReader lines = new BufferedReader(output)) {
      String[] arguments =
          Stream.concat(
                  Stream.of(
                      "host",
                      "--module-path",
                      jar.toString(),
                      "--data",
                      data.toString(),
                      "--journal",
                      journal.toString(),
                      "--listen",
                      "127.0.0.1:0",
                      "--freeswitch",
                      "127.0.0.1:" + freeSwitch.esl().getPort()),
                  Stream.of(PatientOptions.ofHost()))
              .toArray(String[]::new);
      Thread host =
          Thread.ofPlatform()
              .start(() -> {
                Main.commandLine(Map.of(), arguments)
                    .setOut(writer)
                    .setErr(new PrintWriter(err))
                    .execute(arguments);
                writer.close();
              });
      String first = lines.readLine();
      assertThat(lines.readLine()).as(first).isEqualTo("added elements: business_hours");
      assertThat(lines.lines().anyMatch(line -> line.startsWith("connected to FreeSWITCH at")))
          .isTrue();
      freeSwitch.handCallsTo(
          new InetSocketAddress(
              "127.0.0.1", Integer.parseInt(first.replaceAll("[^:]*:(\\d+), .*", "$1"))));

      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
      Eventually.holds(
          "alice hears that the office is closed",
          () -> alice.awaitHeard("tone_stream", 1, Duration.ZERO),
          alice::heard);
      alice.press("1");
      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
      assertThat(alice.cause()).contains("USER_BUSY");
      assertThat(err.toString()).isEmpty();

      host.interrupt();
      host.join(Eventually.LIMIT);
      assertThat(host.isAlive()).isFalse();
    }
    String[] replay = {"replay", "--journal", journal.toString(), "--data", data.toString()};
    assertThat(run(replay)).as(out.toString()).isEqualTo(1);
    assertThat(run(with(replay, "--module-path", jar.toString()))).as(out.toString()).isZero();
  }

  // ---- errors

  @Test
  void aPathThatDoesNotExistOrIsNotAJarIsNamed() throws IOException {
    Path text = folder.resolve("notes.jar");
    write(text, "no jar");
    Path missing = folder.resolve("missing.jar");

    assertError(missing, "does not exist");
    assertError(text, "is not a jar: ");
    for (String command : List.of("replay", "host")) {
      err.getBuffer().setLength(0);
      assertThat(run(command, "--module-path", missing.toString(), "--data", "../examples/data"))
          .isEqualTo(2);
      assertThat(err.toString().strip())
          .isEqualTo("--module-path: " + missing + ": does not exist");
    }
  }

  @Test
  void aPathThatAnnouncesNoModuleIsExplained() {
    assertError(
        folder,
        "no module is announced; add the name of its class to"
            + " META-INF/services/dev.callflow.core.CallflowModule in the jar or folder");
  }

  @Test
  void anAnnouncedClassThatIsMissingIsNamed() throws IOException {
    write(folder.resolve(MODULES), "com.example.Gone\n");

    assertError(
        folder,
        "dev.callflow.core.CallflowModule: Provider com.example.Gone not found; correct the file in"
            + " META-INF/services");
  }

  @Test
  void aModuleThatCannotBeCreatedIsNamedWithItsReason() throws IOException {
    module("Broken", "broken", "throw new IllegalStateException(\"OFFICE_URL is not set\");");

    assertError(
        folder,
        "dev.callflow.core.CallflowModule: Provider Broken could not be instantiated:"
            + " java.lang.IllegalStateException: OFFICE_URL is not set");
  }

  @Test
  void aClassThatAJarNeedsIsNamed() throws IOException {
    module("Needs", "needs", "new Calendar();");
    Files.delete(folder.resolve("Calendar.class"));

    assertError(
        folder,
        "dev.callflow.core.CallflowModule: Provider Needs could not be instantiated: the class"
            + " Calendar is missing; add its jar with --module-path");
  }

  @Test
  void twoModulesWithOneNameAreRefused() throws IOException {
    module("One", "same", "");
    module("Two", "same", "");

    assertError(
        folder, "two modules are named \"same\": One and Two; remove or rename one of them");
  }

  private void assertError(Path path, String message) {
    err.getBuffer().setLength(0);
    assertThat(run("lint", "--module-path", path.toString(), CASE)).isEqualTo(2);
    assertThat(err.toString().lines().toList()).hasSize(1);
    assertThat(err.toString()).startsWith("--module-path: " + path + ": " + message);
  }

  /** Compiles a module into the folder and announces it. */
  private void module(String type, String name, String constructor) throws IOException {
    Path source = folder.resolve("source").resolve(type + ".java");
    write(
        source,
        """
        public final class %1$s implements dev.callflow.core.CallflowModule {
          public %1$s() { %3$s }
          @Override public String name() { return "%2$s"; }
          @Override public dev.callflow.core.Outcome run(dev.callflow.core.ModuleContext context) {
            return new dev.callflow.core.Outcome.Continue();
          }
        }
        final class Calendar {}
        """
            .formatted(type, name, constructor));
    compile(folder, List.of(source));
    Path services = folder.resolve(MODULES);
    String before = Files.exists(services) ? Files.readString(services) : "";
    write(services, before + type + "\n");
  }

  private int run(String... arguments) {
    return Main.commandLine(Map.of(), arguments)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private Path callflow(String data) throws IOException {
    Path file = folder.resolve("flow.json");
    write(
        file,
        "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"business_hours\",\"data\":" + data + "}}");
    return file;
  }

  private static void compile(Path into, List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  errors,
                  files,
                  null,
                  List.of("-proc:none", "-d", into.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(errors.toString()).isTrue();
    }
  }

  private static void pack(Path folder, Path jar, Predicate<Path> packs) throws IOException {
    try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).filter(packs).toList()) {
        packed.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, packed);
        packed.closeEntry();
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
