package dev.callflow.api.http;

import dev.callflow.api.event.EventSocket;
import dev.callflow.api.event.EventSockets;
import dev.callflow.api.event.SocketLimits;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/** Serves the protocol of the events over WebSockets: at {@code /}, as Kazoo, and a path. */
final class WebSockets {

  private static final List<String> PATHS = List.of("/", "/websocket");
  private static final String SOCKET = "socket";

  private final EventSockets sockets;

  WebSockets(EventSockets sockets) {
    this.sockets = sockets;
  }

  void mount(JavalinConfig config) {
    SocketLimits limits = sockets.limits();
    config.jetty.modifyWebSocketServletFactory(factory -> {
      factory.setIdleTimeout(limits.idle());
      factory.setMaxTextMessageSize(limits.largestFrame());
      factory.setMaxBinaryMessageSize(limits.largestFrame());
      factory.setMaxFrameSize(limits.largestFrame());
    });
    for (String path : PATHS) {
      config.routes.wsBeforeUpgrade(path, this::check);
      config.routes.ws(path, this::serve);
    }
  }

  private void check(Context context) {
    context.attribute(HttpServer.SERVED, true);
    if (context.header("Sec-WebSocket-Protocol") != null) {
      throw new BadRequestResponse("there is no subprotocol here");
    }
    if (sockets.isFull(context.req().getRemoteAddr())) {
      throw new HttpResponseException(
          HttpStatus.TOO_MANY_REQUESTS, "too many connections", Map.of());
    }
  }

  private void serve(WsConfig socket) {
    socket.onConnect(this::open);
    socket.onMessage(message -> socket(message).ifPresent(it -> it.receive(message.message())));
    socket.onBinaryMessage(message ->
        message.session.close(StatusCode.BAD_DATA, "only texts are understood", Callback.NOOP));
    socket.onClose(closed -> socket(closed).ifPresent(EventSocket::closed));
  }

  private static Optional<EventSocket> socket(WsContext context) {
    return Optional.ofNullable(context.attribute(SOCKET));
  }

  private void open(WsContext context) {
    Session session = context.session;
    SocketAddress remote = session.getRemoteSocketAddress();
    String host =
        remote instanceof InetSocketAddress address ? address.getAddress().getHostAddress() : "";
    int port = remote instanceof InetSocketAddress address ? address.getPort() : 0;
    Optional<EventSocket> socket = sockets.open(host, port, new WebSocketCarrier(session));
    if (socket.isPresent()) {
      context.attribute(SOCKET, socket.get());
    } else {
      // Others came between the check and now.
      session.close(StatusCode.TRY_AGAIN_LATER, "too many connections", Callback.NOOP);
    }
  }
}
