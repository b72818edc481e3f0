package dev.callflow.cli;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a host whose documents are in a folder: an H2 file in the folder, {@code
 * records.mv.db}, or the memory if that file cannot be used.
 *
 * @param store the records
 * @param closing closes the file
 */
record FolderRecords(RecordStore store, Runnable closing) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderRecords.class);

  private static final String OWNER = "rw-------";

  /**
   * Opens the file, and creates it if it is missing.
   *
   * @param data the folder
   * @param deadline how long a request may take
   * @param problems receives a line if records are kept in memory
   */
  static FolderRecords open(Path data, Duration deadline, Consumer<String> problems) {
    try {
      JdbcStore file = open(data, deadline);
      return new FolderRecords(file.records(), file::close);
    } catch (StoreUnavailableException | IllegalArgumentException e) {
      problems.accept(
          "warning: history and tokens are kept in memory and lost when the host stops: "
              + e.getMessage());
      return new FolderRecords(new MemoryRecords(), () -> {});
    }
  }

  static JdbcStore open(Path data, Duration deadline) {
    String file = data.toAbsolutePath().resolve("records").toString();
    if (file.contains(";")) {
      throw new IllegalArgumentException(
          "the path of the folder contains ';', which separates settings of H2: " + data);
    }
    createForOwner(Path.of(file + ".mv.db"));
    return JdbcStore.open(
        StoreOptions.of("jdbc:h2:" + file).deadline(deadline).cacheBytes(0), TimeSource.system());
  }

  /** Creates an empty file, which H2 accepts: the records say who called whom. */
  private static void createForOwner(Path file) {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER)));
      }
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{}: exists already", file);
    } catch (IOException e) {
      throw new StoreUnavailableException(file + ": cannot be created: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
