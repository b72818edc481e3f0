package dev.callflow.examples;

import dev.callflow.testkit.replay.CaseFile;
import dev.callflow.testkit.replay.CaseFormatException;
import dev.callflow.testkit.replay.CaseResult;
import dev.callflow.testkit.replay.CaseRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./callflow replay}: runs case files in virtual time. */
@Command(
    name = "replay",
    description = "Runs case files against the simulated switch, in virtual time.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all passed", "1:some failed", "2:a file is not a case"},
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Case files.")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int passed = 0;
    int failed = 0;
    int unreadable = 0;
    for (Path file : files) {
      try {
        CaseResult result = CaseRunner.run(CaseFile.read(file));
        out.println(result.report().stripTrailing());
        if (result.passed()) {
          passed++;
        } else {
          failed++;
        }
      } catch (CaseFormatException e) {
        e.problems().forEach(problem -> err.println(file + ": " + problem));
        unreadable++;
      } catch (IOException e) {
        err.println(file + ": cannot be read: " + e.getMessage());
        unreadable++;
      }
    }
    out.println(passed + " passed, " + failed + " failed");
    out.flush();
    err.flush();
    return unreadable > 0 ? 2 : failed > 0 ? 1 : 0;
  }
}
