package dev.callflow.core.document;

import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A violation of a schema rule by a document.
 *
 * @param pointer the place of the violation, as a JSON pointer from the root of the document
 * @param rule the rule's name in JSON Schema, for instance {@code maxLength}
 * @param target the value that the rule requires, for instance {@code 128}; for {@code required},
 *     the name of the missing property; empty if the rule has no such value
 * @param message what is wrong; contains no values from the document
 */
public record Violation(
    JsonPointer pointer, String rule, Optional<JsonNode> target, String message) {

  /**
   * Creates a violation for a missing property.
   *
   * @param parent the object that lacks the property, as a JSON pointer; empty for the root
   * @param key the name of the property
   * @return the violation
   */
  public static Violation missing(String parent, String key) {
    return new Violation(
        JsonPointer.compile(parent),
        "required",
        Optional.of(StringNode.valueOf(key)),
        "missing required property \"" + key + "\"");
  }

  /**
   * Turns a violation in a part of a document into a violation in the whole document.
   *
   * @param parent the place of the part in the document
   * @return the same violation, with a pointer from the root of the document
   */
  public Violation under(JsonPointer parent) {
    return new Violation(parent.append(pointer), rule, target, message);
  }

  /**
   * Returns the violation as a problem.
   *
   * @return the problem
   */
  public Problem problem() {
    return new Problem(pointer, message);
  }
}
