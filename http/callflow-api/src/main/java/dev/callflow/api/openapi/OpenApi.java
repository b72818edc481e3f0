package dev.callflow.api.openapi;

import dev.callflow.api.conference.InvitationResource;
import dev.callflow.api.webhook.WebhookSchema;
import dev.callflow.conference.schema.AccountSchema;
import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.CallflowCheck;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the OpenAPI 3.1 document of the API from {@code openapi.json}. Adds the paths of each
 * document collection, which are generated from the template {@code documents.json}, and the
 * schemas that documents are validated against.
 */
public final class OpenApi {

  /**
   * The files that describe parts of the API. Each has {@code paths}, and {@code components} and
   * {@code webhooks} like those of {@code openapi.json}.
   */
  private static final List<String> PARTS =
      List.of(
          "access.json",
          "accounts.json",
          "calls.json",
          "events.json",
          "files.json",
          "history.json",
          "webhooks.json");

  private static final String SCHEMAS = "#/components/schemas/";

  private OpenApi() {}

  /**
   * Builds the document.
   *
   * @return a new document, which the caller may modify
   */
  public static ObjectNode document() {
    ObjectNode document = Json.readObject(resource("openapi.json"));
    ((ObjectNode) document.path("info")).put("version", CallflowVersion.current());
    PARTS.forEach(part -> addPart(document, Json.readObject(resource(part))));
    addSchemas((ObjectNode) document.path("components").path("schemas"));
    addCollections((ObjectNode) document.path("paths"));
    SchemaNames.apply(document);
    return document;
  }

  private static void addPart(ObjectNode document, ObjectNode part) {
    ((ObjectNode) document.path("paths")).setAll((ObjectNode) part.path("paths"));
    if (part.get("webhooks") instanceof ObjectNode webhooks) {
      document.withObjectProperty("webhooks").setAll(webhooks);
    }
    part.path("components")
        .properties()
        .forEach(components ->
            ((ObjectNode) document.path("components"))
                .withObjectProperty(components.getKey())
                .setAll((ObjectNode) components.getValue()));
  }

  private static void addSchemas(ObjectNode schemas) {
    Map<String, ObjectNode> validation = new TreeMap<>(ConferenceSchemas.schemas());
    // The nodes of the elements have it.
    validation.remove("callflows.conference");
    validation.forEach((name, schema) -> add(schemas, name, schema));
    add(schemas, "conferences.email_invite", InvitationResource.schema());
    add(schemas, "callflows", CallflowCheck.schema());
    add(schemas, "webhooks", WebhookSchema.schema());
    add(schemas, "accounts", AccountSchema.schema());
    // Schema files cannot refer to each other (validation checks these parts separately), but the
    // schemas in this document can.
    ((ObjectNode) schemas.at("/conferences/properties/profile"))
        .put("$ref", SCHEMAS + "conferences.profile");
    NodeSchemas.addTo(schemas);
  }

  /** Adds a schema and moves its definitions to the top level. */
  static void add(ObjectNode schemas, String name, ObjectNode schema) {
    ObjectNode moved =
        Json.readObject(schema.toString().replace("\"#/definitions/", "\"" + SCHEMAS + name + "."));
    moved.remove("$schema");
    Json.object(moved, "definitions")
        .ifPresent(definitions ->
            definitions
                .properties()
                .forEach(it -> schemas.set(name + "." + it.getKey(), it.getValue())));
    moved.remove("definitions");
    schemas.set(name, moved);
  }

  private static void addCollections(ObjectNode paths) {
    for (DocumentType type : DocumentType.values()) {
      Described described = described(type);
      ObjectNode items =
          Json.readObject(
              resource("documents.json")
                  .replace("\"{body}\"", described.body())
                  .replace("\"{example}\"", described.example())
                  .replace("{schema}", described.schema())
                  .replace("{id}", described.id())
                  .replace("{one}", type.name().toLowerCase(Locale.ROOT))
                  .replace("{type}", type.collection()));
      String collection = "/v2/accounts/{account_id}/" + type.collection();
      if (type == DocumentType.CONFERENCE) {
        ((ArrayNode) items.at("/collection/get/parameters"))
            .addObject()
            .put("$ref", "#/components/parameters/running");
      }
      ObjectNode one = (ObjectNode) items.path("one");
      String path = collection + "/{" + described.id() + "}";
      Json.object(paths, path).ifPresent(one::setAll);
      ObjectNode all = (ObjectNode) items.path("collection");
      Json.object(paths, collection).ifPresent(all::setAll);
      paths.set(collection, all);
      paths.set(path, one);
    }
  }

  /**
   * The parts of the template that depend on the document type.
   *
   * @param id the name of the path parameter for the document's id
   * @param schema the name of the response schema
   * @param body the schema of the request data, as JSON
   * @param example an example of the request data, as JSON
   */
  private record Described(String id, String schema, String body, String example) {}

  private static Described described(DocumentType type) {
    return switch (type) {
      case CONFERENCE ->
          new Described(
              "conference_id",
              "conferences",
              "{\"allOf\":[{\"$ref\":\"" + SCHEMAS + "conferences\"},{\"required\":[\"name\"]}]}",
              "{\"name\":\"My Conference\",\"conference_numbers\":[\"500\"],"
                  + "\"member\":{\"pins\":[\"1234\"]},\"profile\":{\"rate\":48000}}");
      case CALLFLOW ->
          new Described(
              "document_id",
              "callflows",
              "{\"$ref\":\"" + SCHEMAS + "callflows\"}",
              "{\"numbers\":[\"5000\"],\"flow\":{\"module\":\"conference\",\"data\":{}}}");
      case WEBHOOK ->
          new Described(
              "document_id",
              "webhooks",
              "{\"$ref\":\"" + SCHEMAS + "webhooks\"}",
              "{\"name\":\"Wallboard\",\"uri\":\"https://example.com/events\","
                  + "\"events\":[\"add-member\",\"del-member\"]}");
      case DEVICE, USER, MEDIA ->
          new Described(
              "document_id",
              "document",
              "{\"$ref\":\"" + SCHEMAS + "document\"}",
              "{\"name\":\"Anna\"}");
    };
  }

  static String resource(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String name) {
    try (InputStream stream = OpenApi.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
