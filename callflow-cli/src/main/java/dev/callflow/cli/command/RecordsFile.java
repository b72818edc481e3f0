package dev.callflow.cli.command;

import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of a host whose documents are in a folder: an H2 file in the folder. */
public final class RecordsFile {

  private static final Logger LOG = LoggerFactory.getLogger(RecordsFile.class);

  private static final String OWNER = "rw-------";

  private RecordsFile() {}

  /**
   * Opens the file {@code records.mv.db}, and creates it if it is missing.
   *
   * @param data the folder
   * @param deadline how long a request may take
   * @return the open database; its records are what the file is for
   * @throws IllegalArgumentException if the path of the folder contains a semicolon
   * @throws StoreUnavailableException if the file cannot be created or opened, for instance because
   *     another process has it open
   */
  public static JdbcStore open(Path data, Duration deadline) {
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
}
