package dev.callflow.core.store;

import dev.callflow.core.document.Problem;
import java.nio.file.Path;

/**
 * A problem in a file of a data folder.
 *
 * @param file the file
 * @param problem the problem and its place in the file
 */
public record FileProblem(Path file, Problem problem) {

  @Override
  public String toString() {
    return file + ": " + problem;
  }
}
