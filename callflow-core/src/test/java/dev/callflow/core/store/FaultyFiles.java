package dev.callflow.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files whose operations fail on request. Records the operations. */
final class FaultyFiles extends FolderFiles {

  enum Operation {
    CREATE_FOLDER,
    WRITE,
    RENAME,
    DELETE,
    SYNC
  }

  private final Set<Operation> failing = EnumSet.noneOf(Operation.class);
  private final List<String> operations = new ArrayList<>();

  void fail(Operation... operations) {
    failing.addAll(List.of(operations));
  }

  void recover() {
    failing.clear();
  }

  /** The operations since the last call, with the last part of each path. */
  List<String> operations() {
    List<String> recorded = List.copyOf(operations);
    operations.clear();
    return recorded;
  }

  private void perform(Operation operation, Path path) throws IOException {
    operations.add(operation + " " + path.getFileName());
    if (failing.contains(operation)) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  void createFolder(Path folder) throws IOException {
    perform(Operation.CREATE_FOLDER, folder);
    super.createFolder(folder);
  }

  /** Writes half of the content before it fails, as on a full disk. */
  @Override
  void write(Path file, byte[] content) throws IOException {
    Files.write(file, Arrays.copyOf(content, content.length / 2));
    perform(Operation.WRITE, file);
    super.write(file, content);
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    perform(Operation.RENAME, to);
    super.rename(from, to);
  }

  @Override
  void delete(Path file) throws IOException {
    perform(Operation.DELETE, file);
    super.delete(file);
  }

  @Override
  void sync(Path folder) throws IOException {
    perform(Operation.SYNC, folder);
    super.sync(folder);
  }
}
