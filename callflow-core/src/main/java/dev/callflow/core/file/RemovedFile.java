package dev.callflow.core.file;

/** The result of removing a file. */
public sealed interface RemovedFile {

  /**
   * There is no such file any more.
   *
   * @param existed whether there was one
   */
  record Removed(boolean existed) implements RemovedFile {}

  /**
   * The file cannot be reached, and may still be there.
   *
   * @param why the reason as a clause, without a path
   */
  record Unreachable(String why) implements RemovedFile {}
}
