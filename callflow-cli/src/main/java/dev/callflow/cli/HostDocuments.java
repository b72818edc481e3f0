package dev.callflow.cli;

import dev.callflow.cli.command.StorePlace;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.store.DataFolder;
import dev.callflow.core.store.Quotas;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.DocumentChecks;
import dev.callflow.store.ImportResult;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a host uses.
 *
 * @param store the store that holds the documents
 * @param accounts the accounts that the store contained when it was opened
 * @param place a description of the store, for messages
 * @param records the store that holds everything else
 * @param hasLastingRecords whether the records are still there after the host has stopped
 * @param closing closes the stores
 */
record HostDocuments(
    EditableStore store,
    Collection<AccountId> accounts,
    String place,
    RecordStore records,
    boolean hasLastingRecords,
    Runnable closing)
    implements AutoCloseable {

  /** Opens a folder and watches it for changes. Records are kept in an H2 file in the folder. */
  static HostDocuments folder(
      Path data,
      Quotas quotas,
      Duration deadline,
      DocumentChecks checks,
      Consumer<String> problems) {
    DataFolder folder = DataFolder.open(data, checks, TimeSource.system(), quotas);
    folder.problems().forEach(problem -> problems.accept(problem.toString()));
    FolderRecords records = FolderRecords.open(data, deadline, problems);
    return new HostDocuments(
        folder,
        folder.accounts(),
        data.toString(),
        records.store(),
        records.areLasting(),
        () -> {
          folder.close();
          records.close();
        });
  }

  /**
   * Opens a database and imports documents from a folder, except those that the database contains
   * or has ever contained.
   *
   * @param address the database and its limits
   * @param data the folder to import; null for none
   * @param environment the environment variables, which may contain the user and password
   */
  static HostDocuments database(
      StoreOptions address,
      Map<String, String> environment,
      @Nullable Path data,
      DocumentChecks checks,
      Consumer<String> problems) {
    StoreOptions options = StorePlace.login(address, environment);
    JdbcStore store = JdbcStore.open(options, TimeSource.system());
    String place = options.url();
    if (data != null) {
      place += importFolder(store, data, checks, problems);
    }
    return new HostDocuments(store, store.accounts(), place, store.records(), true, store::close);
  }

  private static String importFolder(
      JdbcStore store, Path data, DocumentChecks checks, Consumer<String> problems) {
    try (DataFolder folder = DataFolder.read(data, checks, TimeSource.system())) {
      folder.problems().forEach(problem -> problems.accept(problem.toString()));
      ImportResult result = store.importFolder(folder);
      result.problems().forEach(problems);
      return String.format(
          Locale.ROOT,
          " (imported from %s; accounts: %d, documents: %d)",
          data,
          result.accounts(),
          result.documents());
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
