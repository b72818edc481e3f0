package dev.callflow.cli.schemas;

import dev.callflow.api.webhook.WebhookSchema;
import dev.callflow.conference.event.EventType;
import dev.callflow.conference.schema.AccountSchema;
import dev.callflow.conference.schema.ConferenceSchemas;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of the files in a data folder. Each is complete in itself, so that an editor needs
 * one file only (docs/data-folder.md#completion-in-an-editor).
 */
public final class EditorSchemas {

  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  private static final Separators SEPARATORS =
      Separators.createDefaultInstance()
          .withObjectNameValueSpacing(Separators.Spacing.AFTER)
          .withObjectEmptySeparator("")
          .withArrayEmptySeparator("");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter(SEPARATORS)
                  .withObjectIndenter(INDENT)
                  .withArrayIndenter(INDENT))
          .build();

  private EditorSchemas() {}

  /**
   * Creates the files.
   *
   * @param modules the modules of the elements that callflows may contain; each replaces earlier
   *     ones of the same name
   * @return the contents by file name, such as {@code callflow.json}
   */
  public static Map<String, String> files(Collection<CallflowModule> modules) {
    Map<String, String> files = new TreeMap<>();
    files.put("account.json", text(AccountSchema.schema()));
    files.put("callflow.json", text(withId(CallflowTree.schema(modules))));
    files.put("conference.json", text(withId(conference())));
    files.put("system.json", text(system()));
    files.put("webhook.json", text(withId(WebhookSchema.schema())));
    Stream.of("device.json", "media.json", "user.json")
        .forEach(name -> files.put(name, text(resource(name))));
    return files;
  }

  private static String text(ObjectNode schema) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  /** Adds the id, which the API keeps apart from the document. */
  private static ObjectNode withId(ObjectNode schema) {
    ((ObjectNode) schema.path("properties"))
        .putObject("id")
        .put("type", "string")
        .put("description", "The id; the name of the file if absent");
    return schema;
  }

  private static ObjectNode conference() {
    ObjectNode conference = ConferenceSchemas.ofConference();
    conference.putArray("required").add("name");
    return conference;
  }

  private static ObjectNode system() {
    ObjectNode system = resource("system.json");
    ObjectNode properties = (ObjectNode) system.path("properties");
    AccountSchema.addSections(properties);
    ((ObjectNode) properties.at("/conferences/properties")).remove("email_invite");
    for (JsonNode list : properties.at("/ecallmgr/properties").values()) {
      ArrayNode names = ((ObjectNode) list.path("items")).putArray("enum");
      Stream.of(EventType.values())
          .filter(EventType::isFiltered)
          .forEach(type -> names.add(type.key()));
    }
    return system;
  }

  private static ObjectNode resource(String name) {
    try (InputStream stream = EditorSchemas.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return Json.readObject(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
