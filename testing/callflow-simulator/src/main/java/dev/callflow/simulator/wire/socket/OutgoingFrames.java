package dev.callflow.simulator.wire.socket;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.wire.event.WireEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be written to a connection, so that whoever causes it never waits for a slow
 * client. Safe for use by any thread.
 */
final class OutgoingFrames {

  private static final Logger LOG = LoggerFactory.getLogger(OutgoingFrames.class);

  /** As in FreeSWITCH: a client that is behind by more is disconnected. */
  static final int MAX_WAITING = 100_000;

  /** Makes the thread that writes close the connection. */
  private static final byte[] END = new byte[0];

  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  private final Inbox<byte[]> frames;
  private final Runnable overflow;
  private volatile boolean dropped;

  /**
   * @param overflow is run when the client is too far behind
   */
  OutgoingFrames(TimeSource time, Runnable overflow) {
    this.frames = time.inbox(MAX_WAITING);
    this.overflow = overflow;
  }

  void send(String head, byte[] body) {
    byte[] start = WireEvent.utf8(head);
    byte[] frame = new byte[start.length + body.length];
    System.arraycopy(start, 0, frame, 0, start.length);
    System.arraycopy(body, 0, frame, start.length, body.length);
    offer(frame);
  }

  /** Ends the connection behind all that waits to be written. */
  void end() {
    offer(END);
  }

  /** Ends the connection without what waits to be written. */
  void drop() {
    dropped = true;
    offer(END);
  }

  private void offer(byte[] frame) {
    if (!frames.offer(frame)) {
      LOG.warn("a client does not read: disconnected");
      overflow.run();
    }
  }

  /** Writes until the end; in a thread of its own. */
  void write(OutputStream out, BooleanSupplier ended) throws IOException, InterruptedException {
    while (!ended.getAsBoolean()) {
      byte[] frame = frames.poll(BETWEEN_LOOKS);
      if (dropped || frame != null && frame.length == 0) {
        return;
      }
      if (frame != null) {
        out.write(frame);
      }
    }
  }
}
