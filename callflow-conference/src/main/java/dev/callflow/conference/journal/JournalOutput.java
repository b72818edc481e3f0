package dev.callflow.conference.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Appends to the file of a journal. After a failure, the file ends with the last complete line.
 * Unlike a channel, the file stays open if the writing thread is interrupted.
 */
class JournalOutput implements AutoCloseable {

  private final RandomAccessFile file;
  private long length;

  JournalOutput(Path file) throws IOException {
    this.file = new RandomAccessFile(file.toFile(), "rw");
    if (this.file.length() > 0) {
      this.file.setLength(0);
    }
  }

  /** Appends complete lines: all of them or, if this fails, none. */
  void append(byte[] lines) throws IOException {
    removeIncompleteLine();
    try {
      write(file, lines);
    } catch (IOException e) {
      try {
        removeIncompleteLine();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    length += lines.length;
  }

  /** Writes at the end of the file. Tests make this fail. */
  void write(RandomAccessFile to, byte[] lines) throws IOException {
    to.write(lines);
  }

  private void removeIncompleteLine() throws IOException {
    if (file.getFilePointer() != length) {
      file.setLength(length);
      file.seek(length);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
