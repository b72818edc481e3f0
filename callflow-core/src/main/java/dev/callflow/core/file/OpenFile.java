package dev.callflow.core.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;

/**
 * A file that is open for reading. Another file that takes its place meanwhile does not change what
 * is read. Used by one thread; close it after use.
 */
public final class OpenFile implements Closeable {

  private static final int BUFFER = 64 << 10;

  private final FileChannel channel;
  private final SoundFormat format;
  private final long size;
  private final Instant modified;

  OpenFile(FileChannel channel, SoundFormat format, long size, Instant modified) {
    this.channel = channel;
    this.format = format;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Returns the format, by the name of the file.
   *
   * @return the format
   */
  public SoundFormat format() {
    return format;
  }

  /**
   * Returns the size when the file was opened.
   *
   * @return the size in bytes
   */
  public long size() {
    return size;
  }

  /**
   * Returns when the file was changed the last time before it was opened.
   *
   * @return the time
   */
  public Instant modified() {
    return modified;
  }

  /**
   * Writes a part of the file to a stream; blocks while the stream does. Does not close the file.
   *
   * @param from the position of the first byte
   * @param length the number of bytes
   * @param out the stream
   * @param progress called before each piece of at most 64 KiB
   * @throws IOException if the stream or the file fails, or the file has become shorter
   */
  public void write(long from, long length, OutputStream out, Runnable progress)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, length)));
    long end = from + length;
    for (long at = from; at < end; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new IOException("the file has become shorter than " + size + " bytes");
      }
      progress.run();
      out.write(buffer.array(), 0, read);
      at += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
