package dev.callflow.conference.journal;

import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a journal. Lines that cannot be written, for instance because the disk is full, are
 * lost and counted. The next line that can be written follows a line with their number, which is
 * {@link JournalReader#MISSING}. The journal writes one line at a time.
 */
final class JournalFile implements JournalSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  /** The time between two attempts to write while writing fails. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path file;
  private final JournalOutput output;
  private final InstantSource clock;
  private long room;
  private boolean ended;
  private long lost;
  private Instant nextAttempt = Instant.MIN;

  JournalFile(Path file, JournalOutput output, InstantSource clock, long maxSize) {
    this.file = file;
    this.output = output;
    this.clock = clock;
    this.room = maxSize;
  }

  /**
   * Creates the file. Keeps the journal of the previous run, because it may be needed to
   * investigate a problem.
   */
  static JournalFile create(Path file, TimeSource time, long maxSize) throws IOException {
    if (Files.isRegularFile(file)) {
      Path kept = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return new JournalFile(file, new JournalOutput(file), time::now, maxSize);
  }

  /**
   * Writes a line. Logs failures instead of throwing, because a call must not fail because of its
   * journal.
   */
  @Override
  public void line(long millis, String line) {
    if (ended) {
      return;
    }
    if (lost > 0 && clock.instant().isBefore(nextAttempt)) {
      lost++;
      return;
    }
    byte[] lines = ((lost == 0 ? "" : gap(millis)) + line + "\n").getBytes(StandardCharsets.UTF_8);
    if (lines.length > room) {
      ended = true;
      LOG.warn("journal {}: stopped because it reached its maximum size", file);
      return;
    }
    try {
      output.append(lines);
      room -= lines.length;
      if (lost > 0) {
        LOG.warn("journal {}: writing succeeds again; {} lines are missing", file, lost);
        lost = 0;
      }
    } catch (IOException e) {
      if (lost == 0) {
        LOG.error("journal {}: writing failed; lines are lost until it succeeds", file, e);
      }
      lost++;
      nextAttempt = clock.instant().plus(PAUSE);
    }
  }

  private String gap(long millis) {
    return Json.object().put("t", millis).put(JournalReader.MISSING, lost) + "\n";
  }

  /** Closes the file, and reports the lines that are missing at its end. */
  @Override
  public void close() {
    if (lost > 0) {
      LOG.warn("journal {}: closed; {} lines are missing at the end", file, lost);
    }
    try {
      output.close();
    } catch (IOException e) {
      LOG.error("journal {}: closing failed", file, e);
    }
  }
}
