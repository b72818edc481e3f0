package dev.callflow.testkit.replay.result;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a case.
 *
 * @param name the name of the case
 * @param differences the differences from the expectations, each of one or more lines; empty if the
 *     case passed
 * @param remarks notes that help to explain the differences, such as a trigger that a caller was
 *     still waiting for
 * @param calls the outcomes of the calls, by name
 * @param events the published events as JSON, in their order; must not be changed
 */
public record CaseResult(
    String name,
    List<String> differences,
    List<String> remarks,
    Map<String, CallOutcome> calls,
    List<ObjectNode> events) {

  /** Copies the lists. */
  public CaseResult {
    calls = Map.copyOf(calls);
    differences = List.copyOf(differences);
    remarks = List.copyOf(remarks);
    events = List.copyOf(events);
  }

  /**
   * Returns whether the case passed.
   *
   * @return true if there are no differences
   */
  public boolean passed() {
    return differences.isEmpty();
  }

  /**
   * Returns the result as text for a terminal.
   *
   * @return one line if the case passed; otherwise several lines, with the differences and remarks
   */
  public String report() {
    if (passed()) {
      return "passed  " + name;
    }
    StringBuilder text = new StringBuilder("FAILED  ").append(name);
    differences.forEach(difference -> text.append('\n').append(indented(difference)));
    remarks.forEach(remark -> text.append('\n').append(indented("note: " + remark)));
    return text.toString();
  }

  private static String indented(String lines) {
    return lines.indent(8).stripTrailing();
  }

  /**
   * Fails a test if the case failed.
   *
   * @throws AssertionError with the report, if the case failed
   */
  public void orThrow() {
    if (!passed()) {
      throw new AssertionError(report());
    }
  }
}
