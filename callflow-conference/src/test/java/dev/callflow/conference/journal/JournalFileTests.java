package dev.callflow.conference.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file of a journal contains when writing fails for a while. */
class JournalFileTests {

  @TempDir private Path folder;

  private Instant now = Instant.EPOCH;
  private Path file;
  private FullDisk disk;
  private JournalFile journal;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("calls.jsonl");
    disk = new FullDisk(file);
    journal = new JournalFile(file, disk, () -> now, 1_000);
  }

  @Test
  void lostLinesAreCountedInTheNextLineThatIsWritten() throws IOException {
    journal.line(0, "{\"a\":1}");
    disk.full = true;
    journal.line(100, "{\"a\":2}");
    journal.line(200, "{\"a\":3}");
    disk.full = false;
    now = now.plus(Duration.ofSeconds(2));
    journal.line(2_300, "{\"a\":4}");
    journal.line(2_400, "{\"a\":5}");

    assertThat(lines())
        .containsExactly("{\"a\":1}", "{\"t\":2300,\"missing\":2}", "{\"a\":4}", "{\"a\":5}");
  }

  @Test
  void aFullDiskIsTriedOnceASecond() throws IOException {
    disk.full = true;
    for (int i = 0; i < 100; i++) {
      journal.line(i * 100L, "{}");
      now = now.plus(Duration.ofMillis(100));
    }
    assertThat(disk.attempts).isEqualTo(10);

    disk.full = false;
    now = now.plus(Duration.ofSeconds(1));
    journal.line(11_000, "{\"last\":1}");
    assertThat(lines()).containsExactly("{\"t\":11000,\"missing\":100}", "{\"last\":1}");
  }

  @Test
  void aLineIsNeverWrittenInPart() throws IOException {
    journal.line(0, "{\"first\":1}");
    disk.full = true;
    journal.line(100, "{\"second\":2}");
    assertThat(lines()).containsExactly("{\"first\":1}");
    assertThat(file).content().endsWith("}\n");
  }

  @Test
  void aGapCountsAgainstTheMaximumSize() throws IOException {
    disk.full = true;
    journal.line(0, "{}");
    disk.full = false;
    now = now.plus(Duration.ofSeconds(1));
    journal.line(1_000, "\"" + "x".repeat(980) + "\"");

    assertThat(file).isEmptyFile();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }

  /** Writes half of the lines before it fails, as on a full disk. */
  private static final class FullDisk extends JournalOutput {

    private boolean full;
    private int attempts;

    FullDisk(Path file) throws IOException {
      super(file);
    }

    @Override
    void write(RandomAccessFile to, byte[] lines) throws IOException {
      attempts++;
      if (full) {
        to.write(lines, 0, lines.length / 2);
        throw new IOException("No space left on device");
      }
      super.write(to, lines);
    }
  }
}
