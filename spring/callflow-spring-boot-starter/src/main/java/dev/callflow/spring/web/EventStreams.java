package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.EventHub;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;

/**
 * The open streams of Server-Sent Events, each with a virtual thread of its own; {@link
 * dev.callflow.api.event.SocketLimits} bounds their number.
 *
 * <p>Ends them after Callflow has closed and before the server waits for requests in progress,
 * which streams would otherwise be for as long as their clients stay.
 */
final class EventStreams implements SmartLifecycle {

  private final Api api;
  private final Set<EventStreamTransport> open = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  EventStreams(Api api) {
    this.api = api;
  }

  static FailureCode code(CloseReason reason) {
    return reason.kind() == CloseReason.Kind.TOTAL_LIMIT
        ? FailureCode.OVERLOADED
        : FailureCode.TOO_MANY_REQUESTS;
  }

  /** Begins a stream, or refuses it if a limit does not allow it. Returns at once. */
  void serve(
      ApiRequest head, ApiReply reply, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    EventHub hub = api.sockets();
    EventStreamTransport transport =
        new EventStreamTransport(
            api.time(), hub.limits().silence().heartbeat().plus(hub.limits().backlog().timeout()));
    Optional<Runnable> onClose =
        hub.follow(
            reply.events().orElseThrow(),
            request.getRemoteAddr(),
            request.getRemotePort(),
            transport);
    if (onClose.isEmpty()) {
      CloseReason reason = transport.reason().orElseThrow();
      ApiRequests.write(api.refuse(head, code(reason), reason.message()), response);
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
                transport.run(async);
              } finally {
                open.remove(transport);
                onClose.get().run();
              }
            });
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
