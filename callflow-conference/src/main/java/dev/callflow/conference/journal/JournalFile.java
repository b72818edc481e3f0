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

/** The file of a journal. Lines are written one at a time; the journal sees to that. */
final class JournalFile implements Consumer<String>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  private final Path file;
  private final BufferedWriter writer;
  private long left;
  private boolean ended;

  private JournalFile(Path file, BufferedWriter writer, long most) {
    this.file = file;
    this.writer = writer;
    this.left = most;
  }

  /** The journal of the run before is worth keeping: it may be what somebody wants to see. */
  static JournalFile create(Path file, long most) throws IOException {
    if (Files.isRegularFile(file)) {
      Path kept = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return new JournalFile(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8), most);
  }

  /** A call must not fail because of its journal. */
  @Override
  public void accept(String line) {
    if (ended) {
      return;
    }
    left -= line.getBytes(StandardCharsets.UTF_8).length + 1L;
    if (left < 0) {
      ended = true;
      LOG.warn("the journal {} is full and ends here", file);
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
    LOG.error("the journal {} cannot be written and ends here", file, e);
  }

  /** What could not be written before cannot be now, which has been said. */
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
