package dev.callflow.examples;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.FileProblem;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.DocumentChecks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./callflow lint}: reports problems in documents. */
@Command(
    name = "lint",
    description = {
      "Checks callflow and conference documents, account.json and system.json, or a whole data",
      "folder.",
      "Prints one line for each problem: the file, a JSON pointer, and what is wrong.",
      "Also warns about valid but probably mistaken settings.",
      "Checks the documents of a data folder together."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no problems; there may be warnings",
      "1:problems were found",
      "2:a file cannot be read"
    },
    mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "A document or a data folder.")
  private List<Path> files = List.of();

  @Option(names = "--strict", description = "Treats warnings as problems.")
  private boolean strict;

  @Mixin private MediaOptions media = new MediaOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    DocumentChecks checks;
    try {
      checks = new DocumentChecks(media.guard(), List.of());
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 2;
    }
    List<FileProblem> problems = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        spec.commandLine().getErr().println(file + ": does not exist");
        return 2;
      }
      try {
        problems.addAll(check(file, checks));
      } catch (IllegalArgumentException e) {
        spec.commandLine().getErr().println(e.getMessage());
        return 2;
      } catch (IOException e) {
        spec.commandLine().getErr().println(file + ": cannot be read: " + e.getMessage());
        return 2;
      }
    }
    problems.forEach(out::println);
    out.flush();
    return problems.stream().anyMatch(it -> strict || !it.problem().warning()) ? 1 : 0;
  }

  private static List<FileProblem> check(Path file, DocumentChecks checks) throws IOException {
    if (Files.isDirectory(file)) {
      try (DataFolder folder = DataFolder.read(file, checks, TimeSource.system())) {
        List<FileProblem> all = new ArrayList<>(folder.problems());
        all.addAll(Lint.advice(folder));
        return all;
      }
    }
    try {
      JsonNode value = Json.read(Files.readString(file));
      if (!(value instanceof ObjectNode body)) {
        return List.of(new FileProblem(file, Problem.at("", "is not a JSON object")));
      }
      if (Lint.isConfiguration(file)) {
        return Lint.configuration(body).stream().map(it -> new FileProblem(file, it)).toList();
      }
      Document document =
          new Document(
              Lint.typeOf(body),
              Json.text(body, "id").orElse(file.toString()),
              body,
              file.toString());
      return Lint.lint(document, checks).stream().map(it -> new FileProblem(file, it)).toList();
    } catch (JacksonException e) {
      return List.of(new FileProblem(file, Problem.at("", "is not valid JSON: " + Json.where(e))));
    }
  }
}
