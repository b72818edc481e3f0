package dev.callflow.cli;

import dev.callflow.cli.command.CommandErrors;
import dev.callflow.cli.command.ModulePath;
import dev.callflow.cli.schemas.EditorSchemas;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.host.DocumentChecks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./callflow schemas}: writes the JSON schemas of documents. */
@Command(
    name = "schemas",
    header = "Writes the JSON schemas of documents, for editors.",
    description = {
      "Writes a JSON schema for each type of file in a data folder. With it, an editor completes"
          + " and checks documents. Files of the same names are replaced."
    },
    mixinStandardHelpOptions = true)
final class SchemasCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      description = "The folder to write to, which is created if it does not exist.")
  private Path folder = Path.of("");

  @Mixin private ModulePathOptions modulePath = new ModulePathOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (ModulePath own = modulePath.open()) {
      return write(
          EditorSchemas.files(new DocumentChecks(MediaGuard.standard(), own.modules()).modules()));
    }
  }

  private int write(Map<String, String> files) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        out.println(Files.writeString(folder.resolve(file.getKey()), file.getValue()));
      }
    } catch (IOException e) {
      throw new IOException(folder + ": cannot be written: " + CommandErrors.text(e), e);
    }
    out.flush();
    return 0;
  }
}
