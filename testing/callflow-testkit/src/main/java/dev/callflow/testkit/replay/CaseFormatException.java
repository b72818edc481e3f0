package dev.callflow.testkit.replay;

import dev.callflow.core.document.Problem;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a file is not a valid case. The message lists every problem with its JSON pointer.
 */
public final class CaseFormatException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  CaseFormatException(String source, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> source + ": " + problem)
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns the problems in the file.
   *
   * @return the problems, at least one, in the order in which they occur in the file
   */
  public List<Problem> problems() {
    return problems;
  }
}
