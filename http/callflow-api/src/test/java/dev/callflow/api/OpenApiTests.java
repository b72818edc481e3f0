package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.openapi.OpenApi;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.api.route.Parameters;
import dev.callflow.conference.schema.ConferenceSchemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document matches the behaviour of the API. */
class OpenApiTests {

  private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

  private final ObjectNode document = OpenApi.document();

  /** The schemas that examples have, because loading one takes long. */
  private final Map<JsonNode, Schema> schemas = new HashMap<>();

  private final ApiFixture fixture = new ApiFixture();

  @Test
  void exactlyTheEndpointsAreDocumented() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String verb : path.getValue().propertyNames()) {
        if (VERBS.contains(verb)) {
          described.add(verb.toUpperCase(Locale.ROOT) + " " + withoutNames(path.getKey()));
        }
      }
    }
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            fixture.api.operations().all().stream()
                .map(it -> it.verb() + " " + withoutNames(it.path()))
                .toList());
  }

  private static String withoutNames(String path) {
    return path.replaceAll("\\{[a-z_]+}", "{}");
  }

  @Test
  void thePathsListExactlyTheSupportedVerbs() {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String verb : VERBS) {
        // The request before may have removed it.
        fixture.store.account(ApiFixture.ACME, ApiFixture.json("{}"));
        int status =
            fixture
                .send(
                    filled(path.getKey()),
                    verb.toUpperCase(Locale.ROOT),
                    verb.equals("get") ? "" : "{'data':{}}",
                    Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN))
                .status();
        assertThat(status != 405)
            .as(verb + " " + path.getKey() + " returns " + status)
            .isEqualTo(path.getValue().has(verb));
      }
    }
  }

  @Test
  void everyDocumentedActionIsSupported() {
    for (String kind : List.of("ConferenceAction", "ParticipantsAction", "ParticipantAction")) {
      String path =
          switch (kind) {
            case "ConferenceAction" -> "/conferences/red";
            case "ParticipantsAction" -> "/conferences/red/participants";
            default -> "/conferences/red/participants/1";
          };
      assertThat(fixture.request("PUT", path, "{'action':'dance'}").message())
          .isEqualTo("faulty_request");
      JsonNode mapping = document.at("/components/schemas/" + kind + "/discriminator/mapping");
      assertThat(mapping.size()).isGreaterThan(5);
      for (Map.Entry<String, JsonNode> action : mapping.properties()) {
        JsonNode form = document.at(action.getValue().asString().substring(1));
        assertThat(form.at("/properties/action/enum")).hasToString("[\"" + action.getKey() + "\"]");
        assertThat(fixture.request("PUT", path, "{'action':'" + action.getKey() + "'}").message())
            .as(action.getKey())
            .isNotEqualTo("faulty_request");
      }
    }
  }

  @Test
  void theSchemasAreThoseUsedForValidation() {
    Map.of(
            "conferences", "Conference",
            "conferences.profile", "ConferenceProfile",
            "conferences.dial", "DialData",
            "callflows.conference", "ConferenceData")
        .forEach((name, described) ->
            assertThat(
                    document.at("/components/schemas/" + described + "/properties").propertyNames())
                .as(name)
                .containsExactlyElementsOf(
                    Objects.requireNonNull(ConferenceSchemas.schemas().get(name))
                        .path("properties")
                        .propertyNames()));
    assertThat(document.at("/components/schemas/Conference/properties/max_participants/minimum"))
        .hasToString("0");
    assertThat(document.at("/components/schemas/Callflow/properties/flow/$ref").asString())
        .isEqualTo("#/components/schemas/FlowNodeOrNothing");
  }

  @Test
  void aNodeOfACallflowHasTheDataOfItsElement() {
    JsonNode flow = json("{'$ref':'#/components/schemas/Callflow'}");
    assertThat(violations(flow, json("{'flow':{'module':'sleep','data':{'duration':3}}}")))
        .isEmpty();
    assertThat(violations(flow, json("{'flow':{'module':'sleep','data':{'duration':'long'}}}")))
        .isNotEmpty();
    assertThat(violations(flow, json("{'flow':{'module':'own','data':{'duration':'long'}}}")))
        .isEmpty();
    assertThat(
            violations(
                flow,
                json(
                    "{'flow':{'module':'play','data':{'id':'a'},'children':"
                        + "{'_':{'module':'conference','data':{'config':{'name':''}}}}}}")))
        .isNotEmpty();
    assertThat(document.at("/components/schemas/FlowNode/discriminator/mapping/conference"))
        .hasToString("\"#/components/schemas/ConferenceNode\"");
  }

  @Test
  void generatorsFindOrdinaryNames() {
    assertThat(document.at("/components/schemas").propertyNames())
        .hasSizeGreaterThan(80)
        .allMatch(name -> name.matches("[A-Z][A-Za-z0-9]*"));
    walk(
        document.path("components"),
        "",
        (location, node) -> {
          if (node.path("enum").isArray()) {
            assertThat(node.has("type") || location.endsWith("/not")).as(location).isTrue();
          }
          assertThat(node.path("title").isString()).as(location).isFalse();
          if (node.path("oneOf").isArray()) {
            assertThat(node.at("/discriminator/mapping").size())
                .as(location)
                .isBetween(node.path("oneOf").size() - 1, node.path("oneOf").size());
          }
        });
  }

  @Test
  void everyQueryParameterThatIsCheckedIsDocumented() {
    for (ApiOperation operation : fixture.api.operations().all()) {
      if (operation.parameters() == Parameters.UNCHECKED) {
        continue;
      }
      Set<String> described =
          document.path("paths").properties().stream()
              .filter(path -> withoutNames(path.getKey()).equals(withoutNames(operation.path())))
              .flatMap(path ->
                  path.getValue()
                      .path(operation.verb().toLowerCase(Locale.ROOT))
                      .path("parameters")
                      .valueStream())
              .map(it -> document.at(it.path("$ref").asString().substring(1)))
              .filter(it -> it.path("in").asString().equals("query"))
              .map(it -> it.path("name").asString())
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> checked = new TreeSet<>(operation.parameters().rules().keySet());
      if (checked.remove("filter_*")) {
        checked.add("filter");
      }
      if (!operation.path().endsWith("/conferences")) {
        checked.remove("running");
      }
      assertThat(described).as(operation.verb() + " " + operation.path()).isEqualTo(checked);
    }
  }

  @Test
  void theExamplesAreValid() {
    List<String> locations = new ArrayList<>();
    walk(
        document,
        "",
        (location, node) -> {
          for (Map.Entry<String, JsonNode> example : node.path("examples").properties()) {
            if (node.has("schema")) {
              locations.add(location);
              assertThat(violations(node.path("schema"), example.getValue().path("value")))
                  .as(location + " " + example.getKey())
                  .isEmpty();
            }
          }
        });
    assertThat(locations).hasSizeGreaterThan(30);
    assertThat(violations(json("{'$ref':'#/components/schemas/Conference'}"), json("{'name':''}")))
        .isNotEmpty();
  }

  @Test
  void everyReferenceResolves() {
    walk(
        document,
        "",
        (location, node) -> {
          String reference = node.path("$ref").asString("");
          if (!reference.isEmpty()) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                .as(location + " " + reference)
                .isFalse();
          }
        });
  }

  @Test
  void everyOperationHasAUniqueIdAndDocumentsItsErrors() {
    List<String> names = new ArrayList<>();
    walk(
        document.path("paths"),
        "",
        (location, node) -> {
          if (node.has("responses")) {
            names.add(node.path("operationId").asString());
            assertThat(node.path("responses").propertyNames())
                .as(location)
                .contains("400", "401", "403", "404", "429", "500", "503");
          }
        });
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void everyPathParameterIsDocumented() {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      Map<String, JsonNode> described = new TreeMap<>();
      Stream.concat(
              path.getValue().path("parameters").valueStream(),
              path.getValue().path("get").path("parameters").valueStream())
          .map(it -> document.at(it.path("$ref").asString().substring(1)))
          .filter(it -> it.path("in").asString().equals("path"))
          .forEach(it -> described.put("{" + it.path("name").asString() + "}", it));
      Set<String> used =
          Stream.of(path.getKey().split("/"))
              .filter(part -> part.startsWith("{"))
              .collect(Collectors.toSet());
      assertThat(described.keySet()).as(path.getKey()).isEqualTo(used);
    }
  }

  private static String filled(String path) {
    return path.replace("{account_id}", "acme")
        .replace("{conference_id}", "red")
        .replaceAll("\\{[a-z_]+}", "1");
  }

  private static void walk(JsonNode node, String location, BiConsumer<String, JsonNode> visit) {
    visit.accept(location, node);
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> walk(entry.getValue(), location + "/" + entry.getKey(), visit));
    } else if (node.isArray()) {
      node.values().forEach(entry -> walk(entry, location, visit));
    }
  }

  private Schema loaded(JsonNode schema) {
    JSONObject root = new JSONObject(new JSONTokener(document.toString()));
    root.put("allOf", List.of(new JSONObject(schema.toString())));
    return SchemaLoader.builder().schemaJson(root).draftV7Support().build().load().build();
  }

  private List<String> violations(JsonNode schema, JsonNode value) {
    try {
      schemas.computeIfAbsent(schema, this::loaded).validate(new JSONObject(value.toString()));
      return List.of();
    } catch (ValidationException e) {
      return e.getAllMessages();
    }
  }

  private static ObjectNode json(String text) {
    return ApiFixture.json(text);
  }
}
