package dev.callflow.api.http;

import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.Following;
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

/**
 * Sends Server-Sent Events: the thread of the request writes, for as long as the client is there.
 */
final class ServerSentEvents implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(ServerSentEvents.class);

  private record Batch(List<byte[]> texts, Runnable taken) {}

  private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>(1);
  private final EndPoint connection;

  private ServerSentEvents(EndPoint connection) {
    this.connection = connection;
  }

  /** Sends until the client has gone; false if there are too many. */
  static boolean serve(Context context, EventHub hub, Following following) {
    EndPoint connection =
        ServletContextRequest.getServletContextRequest(context.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    ServerSentEvents transport = new ServerSentEvents(connection);
    Optional<Runnable> gone =
        hub.follow(
            following, context.req().getRemoteAddr(), context.req().getRemotePort(), transport);
    if (gone.isEmpty()) {
      return false;
    }
    try {
      transport.write(
          context.res().getOutputStream(),
          hub.limits().silence().heartbeat().plus(hub.limits().backlog().timeout()));
    } catch (IOException e) {
      LOG.debug("a client of events has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gone.get().run();
    }
    return true;
  }

  private void write(ServletOutputStream out, Duration longest)
      throws IOException, InterruptedException {
    out.flush();
    Batch batch;
    // There is a heartbeat in this time, unless the client was sent away.
    while ((batch = batches.poll(longest.toMillis(), TimeUnit.MILLISECONDS)) != null) {
      for (byte[] text : batch.texts()) {
        out.write(text);
      }
      out.flush();
      batch.taken().run();
    }
  }

  @Override
  public void send(List<byte[]> texts, Runnable taken) {
    batches.add(new Batch(texts, taken));
  }

  @Override
  public void abort() {
    connection.close();
  }
}
