package dev.callflow.cli;

import dev.callflow.freeswitch.restart.PositionKey;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the key that signs the positions of calls. */
final class PositionOptions {

  private static final String VARIABLE = "CALLFLOW_POSITION_KEY_FILE";

  private static final String H2_FILE = "jdbc:h2:file:";
  private static final String H2 = "jdbc:h2:";

  @Option(
      names = "--position-key-file",
      paramLabel = "FILE",
      description = {
        "The file with the key that signs the positions of calls, so that a restarted host can",
        "continue the calls. It is created if it is missing. Default: the file that the variable",
        "CALLFLOW_POSITION_KEY_FILE names; otherwise .position-key in the data folder, or",
        "<database>.position-key beside an H2 database. Without a key, calls are not continued."
      })
  private @Nullable Path file;

  /**
   * Reads the key from its file; creates the file if it is missing.
   *
   * @param data the data folder; null for none
   * @param store the URL of the database; null for none
   * @param environment the environment variables, by name
   * @return the key; empty if there is no file to keep it in
   */
  Optional<PositionKey> key(
      @Nullable Path data, @Nullable String store, Map<String, String> environment) {
    Optional<Path> place = file(data, store, environment);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PositionKey.ofFile(place.get()));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read or create the position key file %s: %s"
              .formatted(place.get(), e.getMessage()),
          e);
    }
  }

  private Optional<Path> file(
      @Nullable Path data, @Nullable String store, Map<String, String> environment) {
    String fromEnvironment = environment.getOrDefault(VARIABLE, "");
    if (file != null) {
      return Optional.of(file);
    }
    if (!fromEnvironment.isEmpty()) {
      return Optional.of(Path.of(fromEnvironment));
    }
    if (store != null) {
      return besideDatabase(StoreOptions.of(store).url());
    }
    return Optional.ofNullable(data).map(folder -> folder.resolve(".position-key"));
  }

  private static Optional<Path> besideDatabase(String url) {
    if (!url.startsWith(H2)) {
      return Optional.empty();
    }
    String path = url.substring(url.startsWith(H2_FILE) ? H2_FILE.length() : H2.length());
    String file = path.split(";", 2)[0];
    return file.startsWith("mem:") || file.contains("://")
        ? Optional.empty()
        : Optional.of(Path.of(file + ".position-key"));
  }
}
