package dev.callflow.cli;

import dev.callflow.cli.command.CommandErrors;
import dev.callflow.cli.command.ModulePath;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.DocumentChecks;
import dev.callflow.testkit.journal.JournalReplay;
import dev.callflow.testkit.replay.CaseFile;
import dev.callflow.testkit.replay.CaseFormatException;
import dev.callflow.testkit.replay.CaseRunner;
import dev.callflow.testkit.replay.result.CaseResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./callflow replay}: runs case files or a journal in virtual time. */
@Command(
    name = "replay",
    header = "Runs cases or a journal in virtual time.",
    description = {
      "Runs case files on the simulated switch in virtual time.",
      "With --journal, replays a journal of the host and reports the first decision that differs."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all cases passed, or all decisions are the same",
      "1:a case failed, or a decision differs",
      "2:wrong arguments, or a file is not a valid case or journal"
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "A journal that ./callflow host --journal wrote; requires --data.")
  private @Nullable Path journal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder to replay the journal with, for instance the host's.")
  private @Nullable Path data;

  @Option(
      names = "--default-account",
      paramLabel = "ID",
      description =
          "The account for calls that belong to no other account. Default: the account, if there is"
              + " only one")
  private @Nullable String defaultAccount;

  @Mixin private MediaOptions media = new MediaOptions();

  @Mixin private ModulePathOptions modulePath = new ModulePathOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "A case file, or a folder with files *.case.json.")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException, IOException {
    try (ModulePath modules = modulePath.open()) {
      return replay(modules.modules());
    }
  }

  private int replay(List<CallflowModule> modules) throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (journal != null && data != null) {
      return replayJournal(journal, data, modules, out, err);
    }
    if (journal != null || files.isEmpty()) {
      err.println(journal != null ? "--journal requires --data" : "missing case files");
      err.flush();
      return 2;
    }
    int passed = 0;
    int failed = 0;
    int unreadable = 0;
    for (Path file : caseFiles()) {
      try {
        CaseResult result = CaseRunner.run(CaseFile.read(file), modules);
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
        err.println(CommandErrors.unreadable(file, e));
        unreadable++;
      }
    }
    out.println(passed + " passed, " + failed + " failed");
    out.flush();
    err.flush();
    return unreadable > 0 ? 2 : failed > 0 ? 1 : 0;
  }

  /** Returns the files, and for a folder the case files in it. */
  private List<Path> caseFiles() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isDirectory(file)) {
        all.add(file);
        continue;
      }
      try (Stream<Path> in = Files.walk(file)) {
        List<Path> cases =
            in.filter(each -> each.toString().endsWith(".case.json")).sorted().toList();
        if (cases.isEmpty()) {
          throw new IOException(
              file + ": contains no cases, that is, files whose names end in .case.json");
        }
        all.addAll(cases);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return all;
  }

  private int replayJournal(
      Path file, Path folder, List<CallflowModule> modules, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    try (DataFolder documents =
        DataFolder.read(folder, new DocumentChecks(media.guard(), modules), TimeSource.system())) {
      Optional<AccountId> account =
          Optional.ofNullable(defaultAccount)
              .map(AccountId::new)
              .or(() ->
                  documents.accounts().size() == 1
                      ? documents.accounts().stream().findAny()
                      : Optional.empty());
      JournalReplay.Result result =
          JournalReplay.run(
              file, documents, account, media.guard(), AccountLimits.standard(), modules);
      out.println(
          result
              .difference()
              .map(difference -> "DIFFERS  " + difference)
              .orElse("all decisions are the same as in the journal"));
      result.gap().ifPresent(gap -> out.println("GAP      " + gap));
      out.println("calls: " + result.calls() + ", identical decisions: " + result.decisions());
      return result.difference().isPresent() ? 1 : 0;
    } catch (IOException e) {
      err.println(CommandErrors.unreadable(file, e));
      return 2;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    } finally {
      out.flush();
      err.flush();
    }
  }
}
