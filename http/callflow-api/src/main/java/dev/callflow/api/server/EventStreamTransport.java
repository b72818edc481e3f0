package dev.callflow.api.server;

import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.Transport;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends Server-Sent Events to one client. A thread of the server writes them, because a write
 * blocks while the client does not read.
 */
public final class EventStreamTransport implements Transport {

  private record Batch(List<byte[]> messages, Runnable sent) {}

  private final Inbox<Batch> batches;
  private final Duration timeout;
  private final Runnable disconnect;
  private volatile boolean writing;
  private volatile boolean ended;
  private volatile @Nullable CloseReason closed;

  /**
   * Creates a transport, with which a server then calls {@link EventHub#follow}.
   *
   * @param time the time source of the API
   * @param hub the hub
   * @param disconnect closes the client's connection at once, so that a blocked write fails; must
   *     not block. Not called before the first write, because a stream that the hub refuses is
   *     answered with the reason
   */
  public EventStreamTransport(TimeSource time, EventHub hub, Runnable disconnect) {
    // One for the messages, which the hub sends one after the other, and one for the end.
    batches = time.inbox(2);
    // The hub sends a heartbeat within this time unless it has disconnected the client.
    timeout = hub.limits().silence().heartbeat().plus(hub.limits().backlog().timeout());
    this.disconnect = disconnect;
  }

  /**
   * Writes events until the stream ends. Called once.
   *
   * @param out the body of the response
   * @throws IOException if the client has disconnected
   * @throws InterruptedException if the thread is interrupted
   */
  public void write(OutputStream out) throws IOException, InterruptedException {
    writing = true;
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
    if (writing) {
      disconnect.run();
    }
    batches.close(new Batch(List.of(), () -> {}));
  }

  @Override
  public void close(CloseReason reason) {
    closed = reason;
    abort();
  }

  /**
   * Returns why the hub has refused or closed the stream.
   *
   * @return the reason; empty if the hub has not closed it with a reason
   */
  public Optional<CloseReason> reason() {
    return Optional.ofNullable(closed);
  }
}
