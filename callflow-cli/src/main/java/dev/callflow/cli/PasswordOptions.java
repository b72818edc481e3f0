package dev.callflow.cli;

import dev.callflow.cli.command.CommandErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the password of the event socket. */
final class PasswordOptions {

  private static final String OF_FREESWITCH = "ClueCon";

  @Option(
      names = "--password",
      paramLabel = "P",
      description =
          "The password of the event socket. Other users can see the command line, so prefer"
              + " --password-file or the environment variable CALLFLOW_PASSWORD. Default: ClueCon")
  private @Nullable String password;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The file whose first line is the password of the event socket.")
  private @Nullable Path file;

  /**
   * Returns the password.
   *
   * @throws IllegalArgumentException if it is empty, or if its file cannot be read
   */
  String password() {
    if (file != null && password != null) {
      throw new IllegalArgumentException("give either --password or --password-file");
    }
    if (file != null) {
      return ofFile(file);
    }
    if (password != null && password.isEmpty()) {
      throw new IllegalArgumentException("the password of --password is empty");
    }
    return password == null ? OF_FREESWITCH : password;
  }

  private static String ofFile(Path file) {
    try (var lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      if (first == null || first.isBlank()) {
        throw new IllegalArgumentException(
            "--password-file: the first line of " + file + " is empty");
      }
      return first.strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("--password-file: " + CommandErrors.text(e), e);
    }
  }
}
