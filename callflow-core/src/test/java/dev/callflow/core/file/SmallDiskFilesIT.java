package dev.callflow.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A folder for files on a disk of a few MiB that is really full. {@code .ci/run} mounts it in the
 * folder {@code files} of {@code callflow.tmpfs}.
 */
@EnabledIfSystemProperty(named = "callflow.tmpfs", matches = ".+")
class SmallDiskFilesIT {

  private static final AccountId ACME = new AccountId("acme");

  private static InputStream sound(int size) {
    byte[] sound = new byte[size];
    System.arraycopy("RIFF----WAVE".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, 12);
    return new ByteArrayInputStream(sound);
  }

  @Test
  void anUploadToAFullDiskIsRefusedAndTheFileBeforeRemains() throws IOException {
    Path disk = Path.of(System.getProperty("callflow.tmpfs"), "files");
    FileFolder files = FileFolder.open(disk, "/shared", FileLimits.STANDARD);
    assertThat(files.keepMedia(ACME, "hello", sound(1_000))).isInstanceOf(KeptFile.Kept.class);
    Path filler = disk.resolve("filler");
    fill(filler);

    assertThat(files.keepMedia(ACME, "hello", sound(1 << 20))).isEqualTo(new KeptFile.DiskFull());

    assertThat(disk.resolve("media/acme")).isDirectoryNotContaining("glob:**.part");
    assertThat(disk.resolve("media/acme/hello.wav")).hasSize(1_000);
    Files.delete(filler);
    assertThat(files.keepMedia(ACME, "hello", sound(1 << 20)))
        .isEqualTo(new KeptFile.Kept(SoundFormat.WAV, 1 << 20));
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4_096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
