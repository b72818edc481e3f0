package dev.callflow.core.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** A node of a callflow's tree (docs/spec/callflows.md#document). */
public sealed interface Node {

  /** The key of the child at which the callflow continues if no other child matches. */
  String WILDCARD = "_";

  /**
   * Returns the node's place in its document.
   *
   * @return the JSON pointer, for instance {@code /flow/children/_}
   */
  JsonPointer path();

  /**
   * A node that runs a module.
   *
   * @param path the node's place in its document
   * @param module the module's name
   * @param data the node's data; an empty object if the document has none; must not be changed
   * @param children the children by key, in document order
   */
  record Action(JsonPointer path, String module, ObjectNode data, Map<String, Node> children)
      implements Node {

    /** Copies the children. */
    public Action {
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /**
     * Finds a child; does not fall back to the wildcard child.
     *
     * @param key the child's key
     * @return the child; empty if there is none or it is an empty object
     */
    public Optional<Node> child(String key) {
      return Optional.ofNullable(children.get(key)).filter(child -> !(child instanceof Empty));
    }
  }

  /**
   * The empty object {@code {}}, which stops the callflow.
   *
   * @param path the node's place in its document
   */
  record Empty(JsonPointer path) implements Node {}

  /**
   * A node that cannot run, because it has no module or is not an object. The callflow continues at
   * its wildcard child.
   *
   * @param path the node's place in its document
   * @param children the valid children
   */
  record Malformed(JsonPointer path, Map<String, Node> children) implements Node {

    /** Copies the children. */
    public Malformed {
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }
  }
}
