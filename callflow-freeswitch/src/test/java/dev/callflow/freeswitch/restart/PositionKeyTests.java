package dev.callflow.freeswitch.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key is created once, is accessible to its owner only, and is never shown. */
class PositionKeyTests {

  @TempDir private Path folder;

  @Test
  void theFileIsCreatedOnceAndReadAgain() throws Exception {
    Path file = folder.resolve("key");
    String first = PositionKey.ofFile(file).sign("test", "text");
    assertThat(PositionKey.ofFile(file).sign("test", "text")).isEqualTo(first);
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
    assertThat(folder).isDirectoryNotContaining(each -> !each.equals(file));
  }

  @Test
  void theFileMustBeAccessibleToItsOwnerOnly() throws Exception {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("key");
    PositionKey.ofFile(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> PositionKey.ofFile(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accessible to its owner only");
  }

  @Test
  void aFileWithoutAKeyIsRefused() throws Exception {
    Path file = folder.resolve("key");
    PositionKey.ofFile(file);
    Files.writeString(file, "not a key");
    assertThatThrownBy(() -> PositionKey.ofFile(file)).hasMessageContaining("64 or more");
  }

  @Test
  void aShortSecretIsRefused() {
    assertThatThrownBy(() -> PositionKey.of(new byte[31]))
        .hasMessage("a position key must have at least 32 bytes, but this one has 31");
  }

  @Test
  void theKeyIsNotShown() {
    assertThat(PositionKey.random().toString()).isEqualTo("PositionKey[]");
  }
}
