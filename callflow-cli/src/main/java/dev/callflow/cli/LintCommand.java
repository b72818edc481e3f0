package dev.callflow.cli;

import dev.callflow.cli.command.ModulePath;
import dev.callflow.cli.lint.Finding;
import dev.callflow.cli.lint.LintFormat;
import dev.callflow.core.time.OneLine;
import dev.callflow.host.DocumentChecks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./callflow lint}: reports problems in documents. */
@Command(
    name = "lint",
    header = "Checks documents.",
    description = {
      "Checks callflows, conferences, account.json and system.json for problems, and warns of valid"
          + " but probably mistaken settings, such as unknown keys.",
      "The documents of a data folder are checked together; of other folders, all .json files are"
          + " checked one by one."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no problems; there may be warnings",
      "1:problems were found",
      "2:wrong arguments, or a file cannot be read"
    },
    mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A document, a data folder, or another folder with documents.")
  private List<Path> files = List.of();

  @Option(names = "--strict", description = "Treats warnings as problems.")
  private boolean strict;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text: a line for each finding; json: an array of objects; github: annotations for pull"
              + " requests. Default: text")
  private LintFormat format = LintFormat.TEXT;

  @Mixin private MediaOptions media = new MediaOptions();

  @Mixin private ModulePathOptions modulePath = new ModulePathOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (ModulePath modules = modulePath.open()) {
      return lint(new Linter(new DocumentChecks(media.guard(), modules.modules())));
    }
  }

  private int lint(Linter linter) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Finding> findings = new ArrayList<>();
    boolean unreadable = false;
    for (Path file : files) {
      try {
        findings.addAll(linter.check(file));
      } catch (IOException e) {
        err.println(OneLine.of(file + ": " + e.getMessage()));
        unreadable = true;
      }
    }
    format.lines(findings).forEach(out::println);
    out.flush();
    err.flush();
    boolean problems = findings.stream().anyMatch(it -> strict || !it.problem().warning());
    return unreadable ? 2 : problems ? 1 : 0;
  }
}
