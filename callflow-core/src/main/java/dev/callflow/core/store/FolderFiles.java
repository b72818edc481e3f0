package dev.callflow.core.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Changes the files of a data folder. Tests override methods to make them fail. */
class FolderFiles {

  /** Directories cannot be opened on Windows, which writes their entries itself. */
  private static final boolean FOLDERS_CAN_BE_SYNCED =
      Path.of("/").getFileSystem().getSeparator().equals("/");

  /** Creates a folder in an existing one. */
  void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
  }

  /** Writes a file and waits until its content is on the disk. */
  void write(Path file, byte[] content) throws IOException {
    // Unlike a channel, a stream is not closed if the thread is interrupted.
    try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
      stream.write(content);
      stream.getFD().sync();
    }
  }

  /** Deletes a folder with all that it contains, without following links, if it exists. */
  void deleteAll(Path folder) throws IOException {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      // What a folder contains is behind it in this order.
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Renames a file or folder; another file with that name is replaced. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a file, or an empty folder, if it exists. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Waits until the names of the files in a folder are on the disk. */
  void sync(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_SYNCED) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
