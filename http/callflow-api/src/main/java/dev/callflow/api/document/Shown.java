package dev.callflow.api.document;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoredDocument;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How much of a document a client may see. */
public enum Shown {
  /** Everything except private keys. */
  ALL,
  /** No PINs and no passwords, nor anything by which they could be guessed. */
  WITHOUT_SECRETS;

  private static final Set<String> SECRETS = Set.of("pin", "pins", "password", "secret");

  /**
   * Returns what a client may see.
   *
   * @param access the client's access
   * @return everything if the client may change documents
   */
  public static Shown to(Access access) {
    return access.allows(Scope.DOCUMENTS) ? ALL : WITHOUT_SECRETS;
  }

  StoredDocument of(StoredDocument stored) {
    return switch (this) {
      case ALL -> stored;
      case WITHOUT_SECRETS -> {
        Document document = stored.document();
        yield new StoredDocument(
            new Document(
                document.type(), document.id(), without(document.body()), document.source()),
            stored.revision(),
            stored.created(),
            stored.modified());
      }
    };
  }

  private static ObjectNode without(ObjectNode object) {
    ObjectNode rest = Json.object();
    object
        .properties()
        .forEach(entry -> {
          if (!isSecret(entry.getKey())) {
            rest.set(entry.getKey(), without(entry.getValue()));
          }
        });
    return rest;
  }

  private static JsonNode without(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> without(object);
      case ArrayNode array -> {
        ArrayNode rest = Json.object().arrayNode();
        array.values().forEach(entry -> rest.add(without(entry)));
        yield rest;
      }
      default -> value;
    };
  }

  /** Returns whether a key is a secret's name, or ends with one, such as {@code moderator-pin}. */
  private static boolean isSecret(String key) {
    int last = Math.max(key.lastIndexOf('_'), key.lastIndexOf('-'));
    return SECRETS.contains(key.substring(last + 1).toLowerCase(java.util.Locale.ROOT));
  }
}
