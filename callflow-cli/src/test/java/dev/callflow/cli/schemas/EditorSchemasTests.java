package dev.callflow.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.host.DocumentChecks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas accept what {@code lint} accepts, and refuse what it refuses. */
class EditorSchemasTests {

  private static final Path PROJECT = Path.of("..");
  private static final Path PUBLISHED = PROJECT.resolve("docs/schemas");

  private static final DocumentChecks CHECKS = new DocumentChecks();
  private static final Map<String, DocumentSchema> SCHEMAS = schemas(CHECKS.modules());

  private static Map<String, DocumentSchema> schemas(List<CallflowModule> modules) {
    Map<String, DocumentSchema> schemas = new HashMap<>();
    EditorSchemas.files(modules).forEach((name, text) -> schemas.put(name, schema(name, text)));
    return schemas;
  }

  private static DocumentSchema schema(String name, String text) {
    return DocumentSchema.load(
        name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String file(DocumentType type) {
    return switch (type) {
      case CALLFLOW -> "callflow.json";
      case CONFERENCE -> "conference.json";
      case DEVICE -> "device.json";
      case USER -> "user.json";
      case MEDIA -> "media.json";
      case WEBHOOK -> "webhook.json";
    };
  }

  private static List<String> violations(String schema, JsonNode document) {
    return SCHEMAS.get(schema).check((ObjectNode) document).stream()
        .map(Problem::toString)
        .toList();
  }

  // ---- files

  @Test
  void thePublishedFilesAreCurrent() throws IOException {
    Map<String, String> published = new TreeMap<>();
    try (Stream<Path> files = Files.list(PUBLISHED)) {
      for (Path file : files.toList()) {
        published.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(published)
        .as("docs/schemas; to write it again: ./callflow schemas docs/schemas")
        .isEqualTo(EditorSchemas.files(CHECKS.modules()));
  }

  @Test
  void aSchemaNeedsNoOtherFile() {
    EditorSchemas.files(CHECKS.modules())
        .forEach((name, text) ->
            assertThat(Json.read(text).findValuesAsString("$ref"))
                .as(name)
                .allSatisfy(reference -> {
                  assertThat(reference).startsWith("#/");
                  assertThat(Json.read(text).at(reference.substring(1)).isObject()).isTrue();
                }));
  }

  @Test
  void theDataOfAnElementOfTheApplicationIsCompletedAsWell() {
    List<CallflowModule> modules = new ArrayList<>(CHECKS.modules());
    modules.add(new OfficeHours());
    DocumentSchema callflow = schemas(modules).get("callflow.json");

    assertThat(callflow.check(flow("{'module':'office_hours','data':{'opens':'early'}}")))
        .extracting(Problem::toString)
        .containsExactly("/flow/data/opens: must be of type integer");
    assertThat(callflow.check(flow("{'module':'office_hours','data':{'opens':9}}"))).isEmpty();
    assertThat(violations("callflow.json", flow("{'module':'office_hours','data':{'opens':'x'}}")))
        .isEmpty();
  }

  private static final class OfficeHours implements CallflowModule {
    @Override
    public String name() {
      return "office_hours";
    }

    @Override
    public Optional<ObjectNode> schema() {
      return Optional.of(
          json(
              "{'properties':{'opens':{'$ref':'#/definitions/hour'}},"
                  + "'definitions':{'hour':{'type':'integer'}}}"));
    }

    @Override
    public Outcome run(ModuleContext context) {
      return new Outcome.Continue();
    }
  }

  private static ObjectNode flow(String node) {
    return json("{'numbers':['5000'],'flow':" + node + "}");
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }

  // ---- documents

  @Test
  void theExamplesAreValid() throws IOException {
    int checked = 0;
    for (DocumentType type : DocumentType.values()) {
      Path folder = PROJECT.resolve("examples/data/accounts/acme").resolve(type.collection());
      for (Path file : jsonFiles(folder)) {
        assertThat(violations(file(type), Json.read(Files.readString(file))))
            .as(file.toString())
            .isEmpty();
        checked++;
      }
    }
    String account = Files.readString(PROJECT.resolve("examples/data/accounts/acme/account.json"));
    assertThat(violations("account.json", Json.read(account))).isEmpty();
    assertThat(checked).isGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theDocumentsOfCasesAreValidExactlyIfTheyHaveNoProblemWithTheirSchema(Path file)
      throws IOException {
    JsonNode written = Json.read(Files.readString(file));
    for (JsonNode account : written.path("accounts").values()) {
      assertThat(violations("account.json", account)).as("the account").isEmpty();
      for (DocumentType type : DocumentType.values()) {
        for (JsonNode body : account.path(type.collection()).values()) {
          if (body instanceof ObjectNode object) {
            compare(new Document(type, "x", object, "x"));
          }
        }
      }
    }
  }

  /** A document with other problems, such as an unknown file of media, may be valid. */
  private static void compare(Document document) {
    List<String> violations = violations(file(document.type()), document.body());
    List<Problem> problems =
        CHECKS.check(document).stream().filter(problem -> !problem.warning()).toList();
    if (problems.isEmpty()) {
      assertThat(violations).as("%s", document.body()).isEmpty();
    }
    if (problems.stream().anyMatch(EditorSchemasTests::isOfType)) {
      assertThat(violations).as("%s: %s", problems, document.body()).isNotEmpty();
    }
  }

  private static boolean isOfType(Problem problem) {
    return problem.message().startsWith("must be of type ")
        || problem.message().startsWith("missing required ");
  }

  static List<Path> cases() throws IOException {
    List<Path> cases = new ArrayList<>();
    for (String module :
        List.of("callflow-conference", "testing/callflow-testkit", "examples/programs")) {
      cases.addAll(jsonFiles(PROJECT.resolve(module).resolve("src/test/resources/cases")));
    }
    assertThat(cases).hasSizeGreaterThan(400);
    return cases;
  }

  private static List<Path> jsonFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void anInvalidDocumentIsRefused(String schema, String document, String violation) {
    assertThat(violations(schema, json(document))).containsExactly(violation);
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        argumentSet(
            "a callflow without a flow",
            "callflow.json",
            "{'numbers':['5000']}",
            "missing required property \"flow\""),
        argumentSet(
            "a node without a module",
            "callflow.json",
            "{'flow':{'data':{}}}",
            "/flow: missing required property \"module\""),
        argumentSet(
            "wrong data of a child",
            "callflow.json",
            "{'flow':{'module':'menu','children':{'1':{'module':'sleep','data':"
                + "{'duration':'long'}}}}}",
            "/flow/children/1/data/duration: must be of type integer"),
        argumentSet(
            "a wrong parameter of the profile of an ad-hoc conference",
            "callflow.json",
            "{'flow':{'module':'conference','data':{'config':{'profile':{'rate':1}}}}}",
            "/flow/data/config/profile/rate: must be one of 12000, 16000, 24000, 32000, 44100,"
                + " 48000, 8000"),
        argumentSet(
            "a conference without a name",
            "conference.json",
            "{}",
            "missing required property \"name\""),
        argumentSet(
            "a PIN that is a number",
            "conference.json",
            "{'name':'x','member':{'pins':[1234]}}",
            "/member/pins/0: must be of type string"),
        argumentSet(
            "a limit of an account",
            "account.json",
            "{'config':{'limits':{'calls':-1}}}",
            "/config/limits/calls: must be at least 0"),
        argumentSet(
            "a key group of an account",
            "account.json",
            "{'config':{'conferences':{'controls':{'mine':[{'digits':'1'}]}}}}",
            "/config/conferences/controls/mine/0: missing required property \"action\""),
        argumentSet(
            "a timeout of the system",
            "system.json",
            "{'conferences':{'pin_timeout':0}}",
            "/conferences/pin_timeout: must be at least 1"),
        argumentSet(
            "a token that is not hashed",
            "system.json",
            "{'api':{'tokens':[{'sha256':'secret'}]}}",
            "/api/tokens/0/sha256: must match ^[0-9a-fA-F]{64}$"),
        argumentSet(
            "an event that cannot be filtered",
            "system.json",
            "{'ecallmgr':{'publish_participant_event':['dial']}}",
            "/ecallmgr/publish_participant_event/0: must be one of add-member,"
                + " conference-create, conference-destroy, deaf-member, del-member, lock,"
                + " mute-member, start-talking, stop-talking, undeaf-member, unlock,"
                + " unmute-member"),
        argumentSet(
            "a route of a device",
            "device.json",
            "{'sip':{'route':'tel:1'}}",
            "/sip/route: must match ^sips?:"),
        argumentSet(
            "a location of media", "media.json", "{'path':1}", "/path: must be of type string"),
        argumentSet(
            "a name of a user",
            "user.json",
            "{'first_name':1}",
            "/first_name: must be of type string"));
  }
}
