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
 * A queue of the frames to write to a connection, which ensures that senders never wait for a slow
 * client. Thread-safe.
 */
final class OutgoingFrames {

  private static final Logger LOG = LoggerFactory.getLogger(OutgoingFrames.class);

  /**
   * The maximum number of queued frames. As in FreeSWITCH, a client is disconnected when its queue
   * is full.
   */
  static final int MAX_WAITING = 100_000;

  /** A marker in the queue that makes the writing thread close the connection. */
  private static final byte[] END = new byte[0];

  private static final Duration POLL_INTERVAL = Duration.ofMinutes(1);

  private final Inbox<byte[]> frames;
  private final Runnable overflow;
  private volatile boolean dropped;

  /**
   * @param overflow called when the queue is full
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

  /** Ends the connection after all queued frames have been written. */
  void end() {
    offer(END);
  }

  /** Ends the connection and drops all queued frames. */
  void drop() {
    dropped = true;
    offer(END);
  }

  private void offer(byte[] frame) {
    if (!frames.offer(frame)) {
      LOG.warn("disconnecting a client that does not read: {} frames are queued", MAX_WAITING);
      overflow.run();
    }
  }

  /** Writes frames until the end of the connection; blocks the calling thread. */
  void write(OutputStream out, BooleanSupplier ended) throws IOException, InterruptedException {
    while (!ended.getAsBoolean()) {
      byte[] frame = frames.poll(POLL_INTERVAL);
      if (dropped || frame != null && frame.length == 0) {
        return;
      }
      if (frame != null) {
        out.write(frame);
      }
    }
  }
}
