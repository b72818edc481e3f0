package dev.callflow.api.answer;

import dev.callflow.core.document.Json;
import dev.callflow.core.document.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes violations in Kazoo's format, keyed by dotted path and rule (docs/spec/api.md). */
public final class Violations {

  private Violations() {}

  /**
   * Refuses a document because of violations.
   *
   * @param violations the violations, at least one
   * @param document the document
   * @return the answer, with status 400
   */
  public static Answer of(List<Violation> violations, ObjectNode document) {
    ObjectNode data = Json.object();
    for (Violation violation : violations) {
      String path = path(violation);
      ObjectNode rules = Json.object(data, path).orElseGet(() -> data.putObject(path));
      ObjectNode rule = rules.putObject(violation.rule());
      rule.put("message", violation.message());
      if (!violation.rule().equals("required")) {
        violation.target().ifPresent(target -> rule.set("target", target));
        JsonNode value = document.at(violation.pointer());
        if (value.isValueNode() && !isSecret(violation, path)) {
          rule.set("value", value);
        }
      }
    }
    return new Answer.Refused(FailureCode.VALIDATION, data);
  }

  /** Returns whether a value is a PIN or a secret, or may be one because its key is misspelt. */
  private static boolean isSecret(Violation violation, String path) {
    return path.contains("pins")
        || path.equals("secret")
        || violation.rule().equals("additionalProperties");
  }

  /**
   * Refuses a request because of one violation.
   *
   * @param path the dotted path of the value
   * @param rule the rule that the value breaks
   * @param message the explanation, without secrets
   * @return the answer, with status 400
   */
  public static Answer of(String path, String rule, String message) {
    ObjectNode data = Json.object();
    data.putObject(path).putObject(rule).put("message", message);
    return new Answer.Refused(FailureCode.VALIDATION, data);
  }

  /**
   * Checks an idempotency key, which identifies repetitions of the same request.
   *
   * @param key the key
   * @return the answer, with status 400; empty if the key is valid
   */
  public static Optional<Answer> ofIdempotencyKey(String key) {
    return key.matches("[!-~]{1,128}")
        ? Optional.empty()
        : Optional.of(
            of(
                "Idempotency-Key",
                "pattern",
                "must be 1 to 128 printable ASCII characters without spaces"));
  }

  private static String path(Violation violation) {
    Stream<String> segments = segments(violation.pointer());
    return (violation.rule().equals("required")
            ? Stream.concat(segments, violation.target().stream().map(JsonNode::asString))
            : segments)
        .collect(Collectors.joining("."));
  }

  private static Stream<String> segments(JsonPointer pointer) {
    return Stream.iterate(pointer, at -> !at.matches(), JsonPointer::tail)
        .map(JsonPointer::getMatchingProperty);
  }
}
