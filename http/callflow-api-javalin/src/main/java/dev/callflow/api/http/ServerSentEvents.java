package dev.callflow.api.http;

import dev.callflow.api.Api;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.StreamRequest;
import dev.callflow.api.server.EventStreamTransport;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends Server-Sent Events. The request's own thread writes them until the client disconnects. */
final class ServerSentEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ServerSentEvents.class);

  private ServerSentEvents() {}

  /**
   * Sends events until the client disconnects; returns the reason if a limit does not allow the
   * stream.
   */
  static Optional<CloseReason> serve(
      Context context, Api api, StreamRequest stream, Client client) {
    EventStreamTransport transport =
        new EventStreamTransport(
            api.time(),
            api.sockets(),
            ServletContextRequest.getServletContextRequest(context.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                ::close);
    Optional<Runnable> onClose =
        api.sockets().follow(stream, client.host(), client.port(), transport);
    if (onClose.isEmpty()) {
      return transport.reason();
    }
    try {
      transport.write(context.res().getOutputStream());
    } catch (IOException e) {
      LOG.debug("a client has closed its event stream", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      onClose.get().run();
    }
    return Optional.empty();
  }
}
