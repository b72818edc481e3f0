package dev.callflow.core.document;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored document as its owner wrote it.
 *
 * @param type the document's type
 * @param id the document's id, unique within its account and type
 * @param body the JSON object; must not be changed
 * @param source where the document comes from, for messages: a file name, or an id
 */
public record Document(DocumentType type, String id, ObjectNode body, String source) {

  /**
   * The size of a document.
   *
   * @param bytes the number of bytes of the JSON without white space, in UTF-8
   * @param keys the number of keys and list entries, at all levels
   */
  public record Size(long bytes, int keys) {

    /** The approximate memory that a key or list entry takes, apart from its characters. */
    private static final int BYTES_PER_KEY = 100;

    /**
     * Measures a JSON object.
     *
     * @param body the object
     * @return its size
     */
    public static Size of(ObjectNode body) {
      return of((JsonNode) body);
    }

    private static Size of(JsonNode value) {
      if (value.isString()) {
        return new Size(bytes(value.asString()), 0);
      }
      if (!value.isContainer()) {
        return new Size(value.toString().length(), 0);
      }
      // A pair of brackets and, except for the last entry, a comma.
      long bytes = 2 + Math.max(0, value.size() - 1);
      int keys = value.size();
      for (Map.Entry<String, JsonNode> property : value.properties()) {
        bytes += bytes(property.getKey()) + 1;
      }
      for (JsonNode inner : value.values()) {
        Size size = of(inner);
        bytes += size.bytes;
        keys += size.keys;
      }
      return new Size(bytes, keys);
    }

    private static long bytes(String text) {
      long bytes = 2;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < ' ') {
          bytes += "\b\t\n\f\r".indexOf(c) < 0 ? 6 : 2;
        } else if (c < 0x80) {
          bytes += c == '"' || c == '\\' ? 2 : 1;
        } else {
          // Each half of a surrogate pair takes two of its four bytes.
          bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
      }
      return bytes;
    }

    /**
     * Estimates the memory that a document of this size takes, for the limits of caches.
     *
     * @return the number of bytes
     */
    public long memory() {
      return bytes + (long) BYTES_PER_KEY * keys;
    }
  }
}
