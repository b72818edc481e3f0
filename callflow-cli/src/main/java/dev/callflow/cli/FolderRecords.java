package dev.callflow.cli;

import dev.callflow.cli.command.RecordsFile;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.store.JdbcStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The records of a host whose documents are in a folder: those of the {@link RecordsFile}, or the
 * memory if that file cannot be used.
 *
 * @param store the records
 * @param closing closes the file
 */
record FolderRecords(RecordStore store, Runnable closing) implements AutoCloseable {

  /**
   * Opens the file, and creates it if it is missing.
   *
   * @param data the folder
   * @param deadline how long a request may take
   * @param problems receives a line if records are kept in memory
   */
  static FolderRecords open(Path data, Duration deadline, Consumer<String> problems) {
    try {
      JdbcStore file = RecordsFile.open(data, deadline);
      return new FolderRecords(file.records(), file::close);
    } catch (StoreUnavailableException | IllegalArgumentException e) {
      problems.accept(
          "warning: history and tokens are kept in memory and lost when the host stops: "
              + e.getMessage());
      return new FolderRecords(new MemoryRecords(), () -> {});
    }
  }

  /** Returns whether what is stored is still there after the host has stopped. */
  boolean areLasting() {
    return !(store instanceof MemoryRecords);
  }

  @Override
  public void close() {
    closing.run();
  }
}
