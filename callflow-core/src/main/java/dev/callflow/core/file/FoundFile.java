package dev.callflow.core.file;

/** The result of looking for a file. */
public sealed interface FoundFile {

  /**
   * The file is here.
   *
   * @param file the file, which the receiver closes
   */
  record Here(OpenFile file) implements FoundFile {}

  /**
   * The file cannot be reached.
   *
   * @param why the reason as a clause, without a path
   */
  record Unreachable(String why) implements FoundFile {}
}
