package dev.callflow.cli;

import dev.callflow.cli.command.ModulePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that adds elements. All commands that check or run callflows of a user have it. */
final class ModulePathOptions {

  @Option(
      names = "--module-path",
      paramLabel = "PATH",
      description =
          "Adds elements of your own from a jar, a folder of jars or a folder of classes"
              + " (docs/own-elements.md). May be given more than once. Default: none")
  private List<Path> paths = new ArrayList<>();

  /**
   * Loads the elements.
   *
   * @throws IllegalArgumentException if a path or an element cannot be used
   */
  ModulePath open() {
    return ModulePath.open(paths);
  }
}
