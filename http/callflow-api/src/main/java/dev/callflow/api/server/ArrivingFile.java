package dev.callflow.api.server;

import dev.callflow.api.answer.BodyRefusedException;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;

/**
 * A body that is read while it arrives, as slowly as other bodies may, and then at 16 KiB a second,
 * so that the time grows with the size. The reader limits the size.
 */
final class ArrivingFile extends InputStream {

  private static final int BUFFER = 16 << 10;
  private static final long BYTES_PER_SECOND = 16 << 10;

  private final IncomingBody body;
  private final RequestLimits.Arrival arrival;
  private final TimeSource time;
  private final Instant start;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private long bytes;
  private boolean ended;

  ArrivingFile(IncomingBody body, RequestLimits.Arrival arrival, TimeSource time) {
    this.body = body;
    this.arrival = arrival;
    this.time = time;
    start = time.now();
  }

  /** Returns whether nothing more can be read: the body is complete, too slow, or has failed. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (from == to) {
      if (ended || !fill()) {
        return -1;
      }
    }
    int count = Math.min(length, to - from);
    System.arraycopy(buffer, from, into, offset, count);
    from += count;
    return count;
  }

  private boolean fill() throws IOException {
    Duration allowed = arrival.timeout().plusMillis(bytes * 1_000 / BYTES_PER_SECOND);
    Duration left = allowed.minus(elapsed());
    if (!left.isPositive()) {
      throw tooSlow();
    }
    int read = receive(left);
    ended = read < 0;
    from = 0;
    to = Math.max(read, 0);
    bytes += to;
    if (!ended && isSlow()) {
      throw tooSlow();
    }
    return !ended;
  }

  private int receive(Duration left) throws IOException {
    try {
      return body.read(buffer, left);
    } catch (SocketTimeoutException e) {
      throw tooSlow();
    } catch (IOException e) {
      ended = true;
      throw e;
    }
  }

  private Duration elapsed() {
    return Duration.between(start, time.now());
  }

  private boolean isSlow() {
    Duration elapsed = elapsed();
    return elapsed.compareTo(arrival.grace()) > 0
        && bytes < arrival.minBytesPerSecond() * elapsed.toMillis() / 1_000;
  }

  private BodyRefusedException tooSlow() {
    ended = true;
    return new BodyRefusedException(
        FailureCode.REQUEST_TIMEOUT,
        "the file must arrive at %s bytes per second, and after %s ms at %s"
            .formatted(
                arrival.minBytesPerSecond(), arrival.timeout().toMillis(), BYTES_PER_SECOND));
  }
}
