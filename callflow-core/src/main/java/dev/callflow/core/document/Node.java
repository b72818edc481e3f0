package dev.callflow.core.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** A node of a callflow's tree (docs/spec/callflows.md#document). */
public sealed interface Node {

  /** The key of the child that is taken when no other fits. */
  String WILDCARD = "_";

  /**
   * Returns where the node stands in its document.
   *
   * @return for instance {@code /flow/children/_}
   */
  JsonPointer path();

  /**
   * A node that runs a module.
   *
   * @param path where it stands
   * @param module the module's name
   * @param data its data; an empty object if there was none; treated as immutable
   * @param children the children by key, in the document's order
   */
  record Action(JsonPointer path, String module, ObjectNode data, Map<String, Node> children)
      implements Node {

    /** Copies the children. */
    public Action {
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /**
     * Finds a child by exactly this key.
     *
     * @param key the key
     * @return the child, if there is one and it is not empty
     */
    public Optional<Node> child(String key) {
      return Optional.ofNullable(children.get(key)).filter(child -> !(child instanceof Empty));
    }
  }

  /**
   * {@code {}}: means stop.
   *
   * @param path where it stands
   */
  record Empty(JsonPointer path) implements Node {}

  /**
   * A node that cannot be run, because it names no module or is no object: passed over to its
   * wildcard child.
   *
   * @param path where it stands
   * @param children the children that could be read
   */
  record Malformed(JsonPointer path, Map<String, Node> children) implements Node {

    /** Copies the children. */
    public Malformed {
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }
  }
}
