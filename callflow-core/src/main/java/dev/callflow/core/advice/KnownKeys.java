package dev.callflow.core.advice;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys that a schema describes. Documents may contain others, which are kept, so unknown keys
 * are only warned of.
 *
 * <p>Private keys, which begin with {@code _} or {@code pvt_}, and those of user interfaces, which
 * begin with {@code ui_}, are never unknown. Immutable.
 */
public final class KnownKeys {

  /** The key by which a document names its schema for editors. It has no effect. */
  public static final String SCHEMA = "$schema";

  /** A document with more unknown keys is something else altogether. */
  private static final int MAX_WARNINGS = 100;

  private final JsonNode schema;
  private final Set<String> more;

  private KnownKeys(JsonNode schema, Set<String> more) {
    this.schema = schema;
    this.more = Set.copyOf(more);
  }

  /**
   * Returns the keys that a schema describes.
   *
   * @param schema the schema
   * @param more further known keys of the root, such as {@code id}
   * @return the keys
   */
  public static KnownKeys of(DocumentSchema schema, String... more) {
    return new KnownKeys(schema.source(), Set.of(more));
  }

  /**
   * Returns warnings about unknown keys, also in nested objects and lists, each with the key that
   * was probably meant. Objects for which the schema lists no keys may contain any.
   *
   * @param document the document, or a part of one
   * @return at most 100 warnings, with pointers relative to the given object; empty if there are
   *     none
   */
  public List<Problem> check(ObjectNode document) {
    List<Problem> warnings = new ArrayList<>();
    check(schema, document, JsonPointer.empty(), warnings);
    return List.copyOf(warnings);
  }

  /**
   * Returns warnings about keys of a single object that are not in a list.
   *
   * @param object the object
   * @param place the place of the object in its document
   * @param known the known keys
   * @return the warnings, at most 100; empty if there are none
   */
  public static List<Problem> check(ObjectNode object, JsonPointer place, Set<String> known) {
    return object.propertyNames().stream()
        .filter(key -> isUnknown(key, known))
        .limit(MAX_WARNINGS)
        .map(key -> warning(place.appendProperty(key), Nearest.hint(key, known)))
        .toList();
  }

  /**
   * Returns whether a key is unknown.
   *
   * @param key the key
   * @param known the known keys of its object
   * @return whether it is neither known nor private nor of a user interface
   */
  public static boolean isUnknown(String key, Collection<String> known) {
    return !known.contains(key)
        && !key.startsWith("_")
        && !key.startsWith("pvt_")
        && !key.startsWith("ui_");
  }

  private void check(JsonNode rules, JsonNode value, JsonPointer place, List<Problem> warnings) {
    if (value instanceof ObjectNode object) {
      JsonNode properties = rules.path("properties");
      JsonNode others = rules.path("additionalProperties");
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String key = entry.getKey();
        if (warnings.size() >= MAX_WARNINGS) {
          return;
        }
        if (properties.has(key)) {
          check(properties.get(key), entry.getValue(), place.appendProperty(key), warnings);
        } else if (others.isObject()) {
          check(others, entry.getValue(), place.appendProperty(key), warnings);
        } else if (properties.isObject() && isUnknown(key, place.matches() ? more : Set.of())) {
          warnings.add(warning(place.appendProperty(key), hint(key, properties)));
        }
      }
    } else if (value.isArray() && rules.path("items").isObject()) {
      for (int i = 0; i < value.size(); i++) {
        check(rules.get("items"), value.get(i), place.appendIndex(i), warnings);
      }
    }
  }

  private static Problem warning(JsonPointer place, String hint) {
    return new Problem(place, "unknown key, which has no effect" + hint, true);
  }

  private String hint(String key, JsonNode properties) {
    Set<String> siblings = new TreeSet<>(properties.propertyNames());
    Optional<String> nearest = Nearest.to(key, siblings);
    if (nearest.isPresent()) {
      return Nearest.hint(key, siblings);
    }
    List<String> below =
        siblings.stream()
            .filter(section -> properties.path(section).path("properties").has(key))
            .map(section -> '"' + section + '.' + key + '"')
            .toList();
    return below.isEmpty() ? "" : "; did you mean " + String.join(" or ", below) + "?";
  }
}
