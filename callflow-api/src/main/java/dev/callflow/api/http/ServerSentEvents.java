package dev.callflow.api.http;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends Server-Sent Events. The request's own thread writes them until the client disconnects. */
final class ServerSentEvents implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(ServerSentEvents.class);

  private record Batch(List<byte[]> messages, Runnable sent) {}

  private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>(1);
  private final EndPoint connection;

  private ServerSentEvents(EndPoint connection) {
    this.connection = connection;
  }

  /** Sends events until the client disconnects; returns false if too many clients are connected. */
  static boolean serve(Context context, EventHub hub, StreamRequest stream) {
    EndPoint connection =
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    ServerSentEvents transport = new ServerSentEvents(connection);
    Optional<Runnable> onClose =
        hub.follow(stream, context.req().getRemoteAddr(), context.req().getRemotePort(), transport);
    if (onClose.isEmpty()) {
      return false;
    }
    try {
      transport.write(
          context.res().getOutputStream(),
          hub.limits().silence().heartbeat().plus(hub.limits().backlog().timeout()));
    } catch (IOException e) {
      LOG.debug("a client has closed its event stream", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      onClose.get().run();
    }
    return true;
  }

  private void write(ServletOutputStream out, Duration timeout)
      throws IOException, InterruptedException {
    out.flush();
    Batch batch;
    // The hub sends a heartbeat within this time unless it has disconnected the client.
    while ((batch = batches.poll(timeout.toMillis(), TimeUnit.MILLISECONDS)) != null) {
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
  }
}
