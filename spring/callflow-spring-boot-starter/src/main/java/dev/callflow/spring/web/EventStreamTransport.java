package dev.callflow.spring.web;

import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.Transport;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends Server-Sent Events to one client. Its own thread writes them, because a write blocks while
 * the client does not read; the servlet container ends a write that takes too long.
 */
final class EventStreamTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreamTransport.class);

  private record Batch(List<byte[]> messages, Runnable sent) {}

  private final Inbox<Batch> batches;
  private final Duration timeout;
  private volatile boolean ended;
  private volatile @Nullable CloseReason closed;

  /**
   * Creates a transport.
   *
   * @param timeout the time within which the hub sends a heartbeat, unless it has left the client
   */
  EventStreamTransport(TimeSource time, Duration timeout) {
    // One for the messages, which the hub sends one after the other, and one for the end.
    batches = time.inbox(2);
    this.timeout = timeout;
  }

  /** Writes until the stream ends, and completes the request. Called once. */
  void run(AsyncContext async) {
    try {
      write(async.getResponse().getOutputStream());
    } catch (IOException e) {
      LOG.debug("a client has closed its event stream", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("the container has already completed an event stream", e);
    }
  }

  private void write(OutputStream out) throws IOException, InterruptedException {
    out.flush();
    while (!ended) {
      Batch batch = batches.poll(timeout);
      if (batch == null || ended) {
        return;
      }
      for (byte[] message : batch.messages()) {
        out.write(message);
      }
      out.flush();
      batch.sent().run();
    }
  }

  @Override
  public void send(List<byte[]> messages, Runnable sent) {
    if (!batches.offer(new Batch(messages, sent))) {
      abort();
    }
  }

  @Override
  public void abort() {
    ended = true;
    batches.close(new Batch(List.of(), () -> {}));
  }

  @Override
  public void close(CloseReason reason) {
    closed = reason;
    abort();
  }

  /** Returns why the hub has closed the stream. */
  Optional<CloseReason> reason() {
    return Optional.ofNullable(closed);
  }
}
