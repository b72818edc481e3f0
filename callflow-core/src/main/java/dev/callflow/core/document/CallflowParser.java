package dev.callflow.core.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses a callflow document into a tree and a list of problems (docs/spec/callflows.md#document).
 *
 * <p>Every JSON object yields a callflow. Invalid parts become {@link Node.Malformed} or are
 * ignored; in both cases they are reported.
 */
public final class CallflowParser {

  private static final JsonPointer ROOT = JsonPointer.empty();

  private final List<Problem> problems = new ArrayList<>();

  private CallflowParser() {}

  /**
   * A callflow and its problems.
   *
   * @param callflow the callflow, without invalid parts
   * @param problems the problems, in document order
   */
  public record Parsed(ParsedCallflow callflow, List<Problem> problems) {

    /** Copies the problems. */
    public Parsed {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Parses a document.
   *
   * @param id the document's id
   * @param body the document
   * @return the callflow and its problems
   */
  public static Parsed parse(String id, ObjectNode body) {
    CallflowParser parser = new CallflowParser();
    ParsedCallflow callflow = parser.callflow(id, body);
    return new Parsed(callflow, parser.problems);
  }

  /** Returns the patterns of a document as they are written, including invalid ones. */
  static List<String> patterns(ObjectNode body) {
    return new CallflowParser().strings(body, "patterns");
  }

  private ParsedCallflow callflow(String id, ObjectNode body) {
    List<String> numbers = new ArrayList<>();
    for (String number : strings(body, "numbers")) {
      numbers.add(number.equals(ParsedCallflow.NO_MATCH) ? number : CallNumber.normalise(number));
    }
    List<String> patterns = strings(body, "patterns");
    for (int i = 0; i < patterns.size(); i++) {
      try {
        Pattern.compile(patterns.get(i));
      } catch (PatternSyntaxException e) {
        report(
            ROOT.appendProperty("patterns").appendIndex(i),
            "is not a valid regular expression: " + e.getDescription());
      }
    }
    if (numbers.isEmpty() && patterns.isEmpty()) {
      problems.add(
          Problem.warning(
              "", "has neither numbers nor patterns; only other callflows can reach it"));
    }
    JsonPointer path = ROOT.appendProperty("flow");
    JsonNode flow = body.get("flow");
    Node root;
    if (flow == null) {
      report(ROOT, "missing property \"flow\"; calls to the callflow are hung up");
      root = new Node.Empty(path);
    } else {
      root = node(path, flow);
    }
    return new ParsedCallflow(id, Json.text(body, "name").orElse(id), numbers, patterns, root);
  }

  private List<String> strings(ObjectNode body, String key) {
    JsonNode list = body.get(key);
    List<String> strings = new ArrayList<>();
    if (list == null) {
      return strings;
    }
    JsonPointer path = ROOT.appendProperty(key);
    if (!list.isArray()) {
      report(path, "must be a list");
      return strings;
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      if (item.isString() && !item.asString().isEmpty()) {
        strings.add(item.asString());
      } else if (item.isIntegralNumber()) {
        report(path.appendIndex(i), "is a number, but must be a string; treated as a string");
        strings.add(item.asString());
      } else {
        report(path.appendIndex(i), "must be a non-empty string; ignored");
      }
    }
    return strings;
  }

  private Node node(JsonPointer path, JsonNode value) {
    if (!value.isObject()) {
      report(path, "must be an object");
      return new Node.Malformed(path, Map.of());
    }
    if (value.isEmpty()) {
      return new Node.Empty(path);
    }
    Map<String, Node> children = children(path, value);
    String module = Json.text(value, "module").orElse("");
    if (module.isEmpty()) {
      report(
          path, "missing required property \"module\"; the call continues at the wildcard child");
      return new Node.Malformed(path, children);
    }
    return new Node.Action(path, module, data(path, value), children);
  }

  private ObjectNode data(JsonPointer path, JsonNode node) {
    JsonNode data = node.get("data");
    if (data != null && !data.isObject()) {
      report(path.appendProperty("data"), "must be an object; treated as empty");
    }
    return Json.object(node, "data").orElseGet(Json::object);
  }

  private Map<String, Node> children(JsonPointer path, JsonNode node) {
    JsonNode children = node.get("children");
    if (children == null) {
      return Map.of();
    }
    JsonPointer below = path.appendProperty("children");
    if (!children.isObject()) {
      report(below, "must be an object; ignored");
      return Map.of();
    }
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> child : children.properties()) {
      if (child.getKey().isEmpty()) {
        report(below, "has a child with an empty key; ignored");
      } else {
        nodes.put(child.getKey(), node(below.appendProperty(child.getKey()), child.getValue()));
      }
    }
    return nodes;
  }

  private void report(JsonPointer pointer, String message) {
    problems.add(new Problem(pointer, message));
  }
}
