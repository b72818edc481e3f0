package dev.callflow.simulator.network;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory connection whose reader waits through a time source. Only one thread may read at a
 * time.
 */
final class MemoryConnection implements Connection, Receiver {

  /** The maximum number of unread writes. A connection that exceeds it is closed. */
  private static final int MAX_UNREAD = 1_000_000;

  private static final Duration POLL_INTERVAL = Duration.ofDays(1);

  private static final byte[] END = new byte[0];

  private final InetSocketAddress peer;
  private final Inbox<byte[]> unread;
  private final InputStream input = new Input();
  private final OutputStream output = new Output();
  private volatile @Nullable Receiver other;
  private volatile boolean closed;

  MemoryConnection(TimeSource time, InetSocketAddress peer) {
    this.peer = peer;
    this.unread = time.inbox(MAX_UNREAD);
  }

  void connectTo(Receiver end) {
    other = end;
  }

  @Override
  public InetSocketAddress peer() {
    return peer;
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void receive(byte[] bytes) {
    if (bytes.length > 0 && !unread.offer(bytes)) {
      close();
    }
  }

  @Override
  public void receiveEnd() {
    unread.close(END);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      unread.close(END);
      Receiver end = other;
      if (end != null) {
        end.receiveEnd();
      }
    }
  }

  private final class Input extends InputStream {

    private final Queue<byte[]> ahead = new ArrayDeque<>();
    private byte[] current = END;
    private int position;
    private boolean ended;

    @Override
    public int read() throws IOException {
      return next() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!next()) {
        return -1;
      }
      int count = Math.min(length, current.length - position);
      System.arraycopy(current, position, into, offset, count);
      position += count;
      return count;
    }

    @Override
    public int available() throws IOException {
      byte[] more = ended ? null : poll(Duration.ZERO);
      while (more != null) {
        ahead.add(more);
        more = more.length == 0 ? null : poll(Duration.ZERO);
      }
      return current.length - position + ahead.stream().mapToInt(each -> each.length).sum();
    }

    /** Waits for the next byte; returns false at the end of the stream. */
    private boolean next() throws IOException {
      if (closed) {
        throw new SocketException("connection closed");
      }
      while (position == current.length && !ended) {
        byte[] more = ahead.isEmpty() ? poll(POLL_INTERVAL) : ahead.poll();
        if (more != null) {
          current = more;
          position = 0;
          ended = more.length == 0;
        }
      }
      return !ended;
    }

    private byte @Nullable [] poll(Duration timeout) throws IOException {
      try {
        return unread.poll(timeout);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("read interrupted");
        interrupted.initCause(e);
        throw interrupted;
      }
    }
  }

  private final class Output extends OutputStream {

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Receiver end = other;
      if (closed || end == null) {
        throw new SocketException("connection closed");
      }
      end.receive(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
