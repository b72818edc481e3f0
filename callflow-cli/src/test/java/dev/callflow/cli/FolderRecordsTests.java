package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.Json;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderRecordsTests {

  private static final AccountRecord TOKEN =
      new AccountRecord(
          Optional.empty(), RecordKind.TOKEN, "hash", "", Instant.EPOCH, Json.object());

  @TempDir private Path folder;

  private final List<String> problems = new ArrayList<>();

  private FolderRecords open(Path data) {
    return FolderRecords.open(data, Eventually.LIMIT, problems::add);
  }

  @Test
  void recordsAreKeptInAFileOfTheFolder() {
    try (FolderRecords records = open(folder)) {
      records.store().put(TOKEN);
    }
    try (FolderRecords records = open(folder)) {
      assertThat(records.store().findAnywhere(RecordKind.TOKEN, "hash")).contains(TOKEN);
      assertThat(records.areLasting()).isTrue();
    }
    assertThat(folder.resolve("records.mv.db")).exists();
    assertThat(problems).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerCanReadTheFile() throws IOException {
    open(folder).close();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("records.mv.db"))))
        .isEqualTo("rw-------");
  }

  /**
   * Locks the file as H2 does, because H2 would share a file that it has opened in this process.
   */
  @Test
  void aFileThatAnotherHostHasOpenedLeavesTheRecordsInMemory() throws IOException {
    open(folder).close();

    try (FileChannel file =
            FileChannel.open(folder.resolve("records.mv.db"), StandardOpenOption.WRITE);
        FileLock lock = file.lock();
        FolderRecords records = open(folder)) {
      assertThat(lock.isShared()).isFalse();
      assertThat(records.store()).isInstanceOf(MemoryRecords.class);
      assertThat(records.areLasting()).isFalse();
    }
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith(
            "warning: history and tokens are kept in memory and lost when the host stops: ");
  }

  @Test
  void aFolderWhoseNameH2WouldReadAsASettingLeavesTheRecordsInMemory() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data;INIT=RUNSCRIPT FROM 'x'"));

    try (FolderRecords records = open(data)) {
      assertThat(records.store()).isInstanceOf(MemoryRecords.class);
    }
    assertThat(problems).singleElement().asString().contains("contains ';'");
    assertThat(folder).isDirectoryNotContaining(it -> it.toString().endsWith(".db"));
  }

  @Test
  void aFolderThatDoesNotExistLeavesTheRecordsInMemory() {
    try (FolderRecords records = open(folder.resolve("none"))) {
      assertThat(records.store()).isInstanceOf(MemoryRecords.class);
    }
    assertThat(problems).singleElement().asString().contains("cannot be created");
  }
}
