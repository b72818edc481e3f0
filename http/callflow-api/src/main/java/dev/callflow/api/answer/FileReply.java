package dev.callflow.api.answer;

import dev.callflow.core.file.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A part of a file, which a server sends instead of a body. Used by one thread; close it whether or
 * not it was sent.
 */
public final class FileReply implements Closeable {

  private final OpenFile file;
  private final long from;
  private final long length;
  private final Runnable onClose;
  private boolean closed;

  /**
   * Creates a reply.
   *
   * @param file the file, which is closed with this object
   * @param from the position of the first byte
   * @param length the number of bytes
   * @param onClose called once, when the file has been closed
   */
  public FileReply(OpenFile file, long from, long length, Runnable onClose) {
    this.file = file;
    this.from = from;
    this.length = length;
    this.onClose = onClose;
  }

  /**
   * Returns the value of {@code Content-Length}.
   *
   * @return the number of bytes
   */
  public long length() {
    return length;
  }

  /**
   * Sends the bytes; blocks while the client does not read.
   *
   * @param out the body of the response
   * @param progress called before each piece of at most 64 KiB, so that a server can measure the
   *     time of a piece instead of the whole response
   * @throws IOException if the client has disconnected or the file cannot be read
   */
  public void write(OutputStream out, Runnable progress) throws IOException {
    file.write(from, length, out, progress);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        file.close();
      } finally {
        onClose.run();
      }
    }
  }
}
