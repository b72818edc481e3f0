package dev.callflow.api.http;

import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.event.SubscriberSession;
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

/**
 * Serves the event protocol over WebSockets at {@code /}, as Kazoo does, and also at {@code
 * /websocket}.
 */
final class WebSockets {

  private static final List<String> PATHS = List.of("/", "/websocket");
  private static final String SESSION = "socket";

  private final EventHub hub;

  WebSockets(EventHub hub) {
    this.hub = hub;
  }

  void mount(JavalinConfig config) {
    SocketLimits limits = hub.limits();
    config.jetty.modifyWebSocketServletFactory(factory -> {
      factory.setIdleTimeout(limits.silence().idle());
      factory.setMaxTextMessageSize(limits.frames().maxBytes());
      factory.setMaxBinaryMessageSize(limits.frames().maxBytes());
      factory.setMaxFrameSize(limits.frames().maxBytes());
    });
    for (String path : PATHS) {
      config.routes.wsBeforeUpgrade(path, this::check);
      config.routes.ws(path, this::serve);
    }
  }

  private void check(Context context) {
    context.attribute(RequestAttributes.SERVED, true);
    if (context.header("Sec-WebSocket-Protocol") != null) {
      throw new BadRequestResponse("WebSocket subprotocols are not supported");
    }
    if (hub.isFull(context.req().getRemoteAddr())) {
      throw new HttpResponseException(
          HttpStatus.TOO_MANY_REQUESTS, "too many connections", Map.of());
    }
  }

  private void serve(WsConfig socket) {
    socket.onConnect(this::open);
    socket.onMessage(message -> session(message).ifPresent(it -> it.receive(message.message())));
    socket.onBinaryMessage(message ->
        message.session.close(StatusCode.BAD_DATA, "only text frames are accepted", Callback.NOOP));
    socket.onClose(closed -> session(closed).ifPresent(SubscriberSession::closed));
  }

  private static Optional<SubscriberSession> session(WsContext context) {
    return Optional.ofNullable(context.attribute(SESSION));
  }

  private void open(WsContext context) {
    Session session = context.session;
    SocketAddress remote = session.getRemoteSocketAddress();
    String host =
        remote instanceof InetSocketAddress address ? address.getAddress().getHostAddress() : "";
    int port = remote instanceof InetSocketAddress address ? address.getPort() : 0;
    Optional<SubscriberSession> opened = hub.open(host, port, new WebSocketTransport(session));
    if (opened.isPresent()) {
      context.attribute(SESSION, opened.get());
    } else {
      // Other clients have connected since the check before the upgrade.
      session.close(StatusCode.TRY_AGAIN_LATER, "too many connections", Callback.NOOP);
    }
  }
}
