package dev.callflow.cli.command;

import dev.callflow.core.document.EditableStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where commands that need no running host find the accounts: a data folder or a database. */
public final class StorePlace {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder. A host with this folder notices the change.")
  private @Nullable Path data;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "The database: jdbc:h2:FILE, which no host may have open, or"
              + " jdbc:postgresql://HOST/DATABASE. Give the user and password in the URL or in the"
              + " environment variables CALLFLOW_STORE_USER and CALLFLOW_STORE_PASSWORD.")
  private @Nullable String store;

  /** Creates the options; picocli sets the values. */
  public StorePlace() {}

  /**
   * An open store.
   *
   * @param store the accounts and documents
   * @param closing closes the store
   */
  public record Opened(EditableStore store, Runnable closing) implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }

  /**
   * Opens the store. The folder need not have accounts; the tables of the database are created.
   *
   * @param environment the environment variables, which may contain the user and password
   * @return the open store
   * @throws IllegalArgumentException if there is neither a folder nor a database, or both
   * @throws IOException if the folder for accounts cannot be created
   */
  public Opened open(Map<String, String> environment) throws IOException {
    if ((data == null) == (store == null)) {
      throw new IllegalArgumentException("give either --data or --store");
    }
    return data == null ? database(String.valueOf(store), environment) : folder(data);
  }

  private static Opened database(String url, Map<String, String> environment) {
    JdbcStore opened =
        JdbcStore.open(login(StoreOptions.of(url), environment), TimeSource.system());
    return new Opened(opened, opened::close);
  }

  /**
   * Adds the user and password of the environment, if it has them.
   *
   * @param address the database
   * @param environment the environment variables
   * @return the options
   */
  public static StoreOptions login(StoreOptions address, Map<String, String> environment) {
    return address.login(
        environment.getOrDefault("CALLFLOW_STORE_USER", address.user()),
        environment.getOrDefault("CALLFLOW_STORE_PASSWORD", address.password()));
  }

  private static Opened folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--data: " + folder + ": no such folder");
    }
    Files.createDirectories(folder.resolve("accounts"));
    DataFolder opened = DataFolder.read(folder, document -> List.of(), TimeSource.system());
    return new Opened(opened, opened::close);
  }
}
