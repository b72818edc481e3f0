package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.server.EventStreamTransport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The open streams of Server-Sent Events, each with a virtual thread of its own; {@link
 * dev.callflow.api.event.SocketLimits} bounds their number.
 *
 * <p>Ends them after Callflow has closed and before the server waits for requests in progress,
 * which streams would otherwise be for as long as their clients stay.
 */
final class EventStreams implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

  private final Api api;
  private final Set<EventStreamTransport> open = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  EventStreams(Api api) {
    this.api = api;
  }

  /** Begins a stream, or refuses it if a limit does not allow it. Returns at once. */
  void serve(
      ApiRequest head, ApiReply reply, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    EventHub hub = api.sockets();
    // The container closes a connection whose client does not read.
    EventStreamTransport transport = new EventStreamTransport(api.time(), hub, () -> {});
    Optional<Runnable> onClose =
        hub.follow(
            reply.events().orElseThrow(),
            request.getRemoteAddr(),
            request.getRemotePort(),
            transport);
    if (onClose.isEmpty()) {
      CloseReason reason = transport.reason().orElseThrow();
      ApiRequests.write(api.refuse(head, reason), response);
      return;
    }
    ApiRequests.head(reply, response);
    AsyncContext async = request.startAsync(request, response);
    async.setTimeout(0);
    open.add(transport);
    if (!running) {
      transport.abort();
    }
    api.time()
        .start(
            "event-stream",
            () -> {
              try {
                write(transport, async);
              } finally {
                open.remove(transport);
                onClose.get().run();
              }
            });
  }

  private static void write(EventStreamTransport transport, AsyncContext async) {
    try {
      transport.write(async.getResponse().getOutputStream());
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

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    open.forEach(EventStreamTransport::abort);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE - 1;
  }
}
