package dev.callflow.conference.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/**
 * A journal on a disk of a few MiB that is really full. {@code .ci/run} mounts it in the folder
 * {@code journal} of {@code callflow.tmpfs}.
 */
@EnabledIfSystemProperty(named = "callflow.tmpfs", matches = ".+")
class SmallDiskJournalIT {

  private static final String LINE = "{\"t\":1,\"call\":\"a\",\"out\":\"" + "x".repeat(900) + "\"}";

  @Test
  void aJournalContinuesWithTheNumberOfMissingLines() throws Exception {
    Path disk = Path.of(System.getProperty("callflow.tmpfs"), "journal");
    Path file = disk.resolve("calls.jsonl");
    Path filler = disk.resolve("filler");
    try (JournalFile journal = JournalFile.create(file, TimeSource.system(), 1 << 20)) {
      journal.line(1, LINE);
      fill(filler);
      for (int i = 0; i < 20; i++) {
        journal.line(1, LINE);
      }
      long full = Files.size(file);
      Files.delete(filler);
      Eventually.holds(
          "the journal continues",
          () -> {
            journal.line(1, LINE);
            return Files.size(file) > full;
          });
    }

    List<JsonNode> written = JournalReader.read(file);
    assertThat(written.stream().filter(line -> line.has("missing")))
        .singleElement()
        .satisfies(line -> assertThat(line.path("missing").asLong()).isGreaterThan(10));
    assertThat(written.getLast().has("call")).isTrue();
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
