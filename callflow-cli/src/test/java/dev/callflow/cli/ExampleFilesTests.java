package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.host.DocumentChecks;
import dev.callflow.testkit.replay.CaseBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The files that pages show are valid, and the elements of Kazoo differ as the page says. */
class ExampleFilesTests {

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern FILE =
      Pattern.compile("(?s)`([\\w./-]+\\.json)`:?\n\n```json\n(.*?)```");

  @TempDir private Path folder;

  private static Map<String, ObjectNode> files(String page) throws IOException {
    Map<String, ObjectNode> files = new LinkedHashMap<>();
    Matcher file = FILE.matcher(Files.readString(DOCS.resolve(page)));
    while (file.find()) {
      files.put(file.group(1), Json.readObject(file.group(2)));
    }
    return files;
  }

  private void lint(Map<String, ObjectNode> files) throws IOException {
    for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue().toString());
    }
    StringWriter out = new StringWriter();
    String[] arguments = {"lint", "--strict", folder.toString()};
    int code =
        Main.commandLine(Map.of(), arguments)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments);
    assertThat(out.toString()).isEmpty();
    assertThat(code).isZero();
  }

  @Test
  void theExampleOfTheDataFolderIsValid() throws IOException {
    Map<String, ObjectNode> files = files("data-folder.md");
    assertThat(files).hasSizeGreaterThan(6);
    lint(files);
  }

  @Test
  void aSchemaForEditorsIsAcceptedInEveryFile() throws IOException {
    Map<String, ObjectNode> files = files("data-folder.md");
    files.values().forEach(file -> file.put("$schema", "../../../schemas/x.json"));
    lint(files);
  }

  @Test
  void theSchemasThatThePageNamesArePublished() throws IOException {
    String page = Files.readString(DOCS.resolve("data-folder.md"));
    List<String> names =
        Pattern.compile("\"(?:\\$schema|url)\": \"[./]*schemas/([a-z.]+)\"")
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(names).hasSizeGreaterThan(7);
    assertThat(names)
        .allSatisfy(name -> assertThat(DOCS.resolve("schemas").resolve(name)).exists());
    assertThat(Pattern.compile("(?s)```json\n(.*?)```").matcher(page).results())
        .allSatisfy(block -> assertThat(Json.read(block.group(1)).isObject()).isTrue());
  }

  @Test
  void theDocumentsOfKazooAreValidAndLetACallerIn() throws Exception {
    Map<String, ObjectNode> files = files("moving-from-kazoo.md");
    assertThat(files.keySet())
        .map(name -> name.substring(0, name.indexOf('/')))
        .containsExactly("callflows", "conferences");
    List<ObjectNode> documents = new ArrayList<>(files.values());
    Map<String, ObjectNode> inAccount = new LinkedHashMap<>();
    files.forEach((name, body) -> inAccount.put("accounts/acme/" + name, body));
    lint(inAccount);

    // A data folder takes _id as the id; a case requires the key id.
    documents.forEach(it -> it.set("id", it.get("_id")));
    CaseBuilder.that("A caller gets into the conference of Kazoo's documents")
        .account(
            "acme",
            it -> it.callflow(documents.get(0).toString()).conference(documents.get(1).toString()))
        .call(
            "alice",
            "acme",
            "5000",
            alice ->
                alice
                    .when("hears conf-enter_conf_pin")
                    .presses("482913#")
                    .when("joined")
                    .after(Duration.ofSeconds(1))
                    .hangsUp())
        .run()
        .orThrow();
  }

  @Test
  void lintWarnsOfTheKeysOfKazooThatThePageListsAsWithoutEffect() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [^|]+ \\| (`[^|]+`) \\|$");
    Matcher found = row.matcher(Files.readString(DOCS.resolve("moving-from-kazoo.md")));
    DocumentChecks checks = new DocumentChecks();
    int rows = 0;
    while (found.find()) {
      ObjectNode callflow = Json.object();
      callflow.putArray("numbers").add("1");
      ObjectNode data = callflow.putObject("flow").put("module", found.group(1)).putObject("data");
      List<String> pointers = new ArrayList<>();
      for (String key : found.group(2).replace("`", "").split(", ")) {
        data.put(key, "x");
        pointers.add("/flow/data/" + key);
      }
      assertThat(checks.check(new Document(DocumentType.CALLFLOW, "x", callflow, "x")))
          .as(found.group(1))
          .filteredOn(Problem::warning)
          .extracting(problem -> problem.pointer().toString())
          .containsAll(pointers);
      rows++;
    }
    assertThat(rows).isPositive();
  }
}
