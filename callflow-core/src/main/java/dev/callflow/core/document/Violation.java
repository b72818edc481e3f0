package dev.callflow.core.document;

import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A rule of a schema that a document breaks.
 *
 * @param pointer where, from the root of the document
 * @param rule the rule by its name in JSON Schema, for instance {@code maxLength}
 * @param target what the rule asks for, for instance {@code 128}; of {@code required}, the key that
 *     is missing; empty if nothing is to be said
 * @param message what is wrong, in a sentence without values of the document
 */
public record Violation(
    JsonPointer pointer, String rule, Optional<JsonNode> target, String message) {

  /**
   * Says that a key is missing.
   *
   * @param parent where it is missing, as a JSON pointer; empty for the root
   * @param key the key
   * @return the violation
   */
  public static Violation missing(String parent, String key) {
    return new Violation(
        JsonPointer.compile(parent),
        "required",
        Optional.of(StringNode.valueOf(key)),
        "lacks a key: " + key);
  }

  /**
   * Moves the violation of a part into its whole.
   *
   * @param parent where the part lies
   * @return the same violation, seen from the whole
   */
  public Violation under(JsonPointer parent) {
    return new Violation(parent.append(pointer), rule, target, message);
  }

  /**
   * Tells the violation as a problem.
   *
   * @return the problem
   */
  public Problem problem() {
    return new Problem(pointer, message);
  }
}
