package dev.callflow.cli.lint;

import dev.callflow.core.document.Problem;
import dev.callflow.core.store.FileProblem;
import java.nio.file.Path;

/**
 * A problem or a warning, with its place.
 *
 * @param file the file
 * @param line the line of the place in the file, from 1
 * @param problem the problem or warning, with a JSON pointer
 */
public record Finding(Path file, int line, Problem problem) {

  /**
   * Returns the word for the kind of finding: {@code problem} or {@code warning}.
   *
   * @return the severity
   */
  public String severity() {
    return problem.warning() ? "warning" : "problem";
  }

  @Override
  public String toString() {
    return new FileProblem(file, problem).toString();
  }
}
