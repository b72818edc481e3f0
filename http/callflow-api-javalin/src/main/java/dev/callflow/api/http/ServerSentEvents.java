package dev.callflow.api.http;

import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.StreamRequest;
import dev.callflow.api.event.Transport;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends Server-Sent Events. The request's own thread writes them until the client disconnects. */
final class ServerSentEvents implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(ServerSentEvents.class);

  private record Batch(List<byte[]> messages, Runnable sent) {}

  private static final Batch END = new Batch(List.of(), () -> {});

  private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>(1);
  private final EndPoint connection;
  private volatile boolean started;
  private volatile @Nullable CloseReason closed;

  private ServerSentEvents(EndPoint connection) {
    this.connection = connection;
  }

  /**
   * Sends events until the client disconnects; returns the reason if a limit does not allow the
   * stream.
   */
  static Optional<CloseReason> serve(
      Context context, EventHub hub, StreamRequest stream, Client client) {
    EndPoint connection =
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    ServerSentEvents transport = new ServerSentEvents(connection);
    Optional<Runnable> onClose = hub.follow(stream, client.host(), client.port(), transport);
    if (onClose.isEmpty()) {
      return Optional.ofNullable(transport.closed);
    }
    try {
      transport.started = true;
      if (transport.closed == null) {
        transport.write(
            context.res().getOutputStream(),
            hub.limits().silence().heartbeat().plus(hub.limits().backlog().timeout()));
      }
    } catch (IOException e) {
      LOG.debug("a client has closed its event stream", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      onClose.get().run();
    }
    return Optional.empty();
  }

  private void write(ServletOutputStream out, Duration timeout)
      throws IOException, InterruptedException {
    out.flush();
    Batch batch;
    // The hub sends a heartbeat within this time unless it has disconnected the client.
    while ((batch = batches.poll(timeout.toMillis(), TimeUnit.MILLISECONDS)) != null
        && batch != END) {
      for (byte[] message : batch.messages()) {
        out.write(message);
      }
      out.flush();
      batch.sent().run();
    }
  }

  @Override
  public void send(List<byte[]> messages, Runnable sent) {
    batches.add(new Batch(messages, sent));
  }

  @Override
  public void abort() {
    connection.close();
    // If the queue is full, the thread is about to write, which fails now.
    batches.offer(END);
  }

  @Override
  public void close(CloseReason reason) {
    closed = reason;
    // A stream that has not started is answered with the reason instead.
    if (started) {
      abort();
    }
  }
}
