package dev.callflow.cli.command;

import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where commands that need no running host find the accounts: a data folder or a database. */
public final class StorePlace {

  private static final Duration DEADLINE = Duration.ofSeconds(3);

  @Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
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
   * An open store with its records.
   *
   * @param store the accounts and documents
   * @param records what a host with this store keeps besides documents
   * @param closing closes both
   */
  public record WithRecords(EditableStore store, RecordStore records, Runnable closing)
      implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }

  /**
   * Opens the store with its records, which those of a folder have in a file that only one process
   * at a time can open.
   *
   * @param environment the environment variables, which may contain the user and password
   * @return the open store
   * @throws IllegalArgumentException if there is neither a folder nor a database, or both, or if
   *     another process has the file of the records open
   * @throws IOException if the folder for accounts cannot be created
   */
  public WithRecords openWithRecords(Map<String, String> environment) throws IOException {
    requireOne();
    if (data == null) {
      JdbcStore opened = database(String.valueOf(store), environment);
      return new WithRecords(opened, opened.records(), opened::close);
    }
    DataFolder documents = folder(data);
    JdbcStore records = records(data);
    return new WithRecords(
        documents,
        records.records(),
        () -> {
          records.close();
          documents.close();
        });
  }

  private static JdbcStore records(Path folder) {
    try {
      return RecordsFile.open(folder, DEADLINE);
    } catch (StoreUnavailableException e) {
      throw new IllegalArgumentException(
          "--data: "
              + CommandErrors.text(e)
              + "; while a host runs with this folder, use its API instead, or stop it",
          e);
    }
  }

  private void requireOne() {
    if ((data == null) == (store == null)) {
      throw new IllegalArgumentException("give either --data or --store");
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
    requireOne();
    if (data == null) {
      JdbcStore opened = database(String.valueOf(store), environment);
      return new Opened(opened, opened::close);
    }
    DataFolder opened = folder(data);
    return new Opened(opened, opened::close);
  }

  private static JdbcStore database(String url, Map<String, String> environment) {
    return JdbcStore.open(login(StoreOptions.of(url), environment), TimeSource.system());
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

  private static DataFolder folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--data: " + folder + ": no such folder");
    }
    Files.createDirectories(folder.resolve("accounts"));
    return DataFolder.read(folder, document -> List.of(), TimeSource.system());
  }
}
