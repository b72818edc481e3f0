package dev.callflow.testkit.replay.result;

import java.util.List;
import java.util.Map;

/**
 * What became of a case.
 *
 * @param name the sentence that the case is called by
 * @param differences what was not as expected, each of one or more lines; empty if the case passed
 * @param remarks what helps to understand the differences, such as what a caller waited for in vain
 * @param calls what became of the calls, by their names
 */
public record CaseResult(
    String name, List<String> differences, List<String> remarks, Map<String, CallOutcome> calls) {

  /** Copies the lists. */
  public CaseResult {
    calls = Map.copyOf(calls);
    differences = List.copyOf(differences);
    remarks = List.copyOf(remarks);
  }

  /**
   * Tells whether everything was as expected.
   *
   * @return true if there is no difference
   */
  public boolean passed() {
    return differences.isEmpty();
  }

  /**
   * Words the result for a terminal.
   *
   * @return one line if the case passed; if not, the differences and remarks below it
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
