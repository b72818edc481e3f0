package dev.callflow.conference.journal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a journal. The journal writes one line at a time. */
final class JournalFile implements Consumer<String>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  private final Path file;
  private final BufferedWriter writer;
  private long left;
  private boolean ended;

  private JournalFile(Path file, BufferedWriter writer, long maxSize) {
    this.file = file;
    this.writer = writer;
    this.left = maxSize;
  }

  /**
   * Creates the file. Keeps the journal of the previous run, because it may be needed to
   * investigate a problem.
   */
  static JournalFile create(Path file, long maxSize) throws IOException {
    if (Files.isRegularFile(file)) {
      Path kept = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return new JournalFile(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8), maxSize);
  }

  /**
   * Writes a line. Logs failures instead of throwing, because a call must not fail because of its
   * journal.
   */
  @Override
  public void accept(String line) {
    if (ended) {
      return;
    }
    left -= line.getBytes(StandardCharsets.UTF_8).length + 1L;
    if (left < 0) {
      ended = true;
      LOG.warn("journal {}: stopped because it reached its maximum size", file);
      return;
    }
    try {
      writer.write(line);
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    ended = true;
    LOG.error("journal {}: stopped because writing failed", file, e);
  }

  /** Closes the file; reports a failure only if none was reported before. */
  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      if (!ended) {
        fail(e);
      }
    }
  }
}
