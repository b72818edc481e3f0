package dev.callflow.core.store;

import dev.callflow.core.document.Problem;
import java.nio.file.Path;

/**
 * Something wrong with a file of a data folder.
 *
 * @param file the file
 * @param problem what, and where in it
 */
public record FileProblem(Path file, Problem problem) {

  @Override
  public String toString() {
    return file + ": " + problem;
  }
}
