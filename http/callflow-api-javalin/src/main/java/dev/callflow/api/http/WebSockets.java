package dev.callflow.api.http;

import dev.callflow.api.access.Login;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.EventHub;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.event.SubscriberSession;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * Serves the event protocol over WebSockets at {@code /}, as Kazoo does, and also at {@code
 * /websocket}.
 */
final class WebSockets {

  private static final List<String> PATHS = List.of("/", "/websocket");
  private static final String SESSION = "socket";

  private static final String CLIENT = "client";
  private static final String LOGIN = "login";

  private final EventHub hub;
  private final TrustedProxies proxies;
  private final Requests requests;

  WebSockets(EventHub hub, TrustedProxies proxies, Requests requests) {
    this.hub = hub;
    this.proxies = proxies;
    this.requests = requests;
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
    Client client = Client.of(context.req(), proxies);
    context.attribute(CLIENT, client);
    Optional<CloseReason> refusal = hub.refusal(client.host());
    if (refusal.isPresent()) {
      throw requests.refuseUpgrade(context, refusal.get());
    }
    String ticket = context.queryParam("ticket");
    if (ticket != null) {
      context.attribute(
          LOGIN, requests.redeem(ticket, client).orElseThrow(() -> requests.refuseTicket(context)));
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
    Client client = Objects.requireNonNull(context.attribute(CLIENT));
    // If other clients have connected since the check before the upgrade, this may be refused.
    Optional<Login> login = Optional.ofNullable(context.attribute(LOGIN));
    hub.open(client.host(), client.port(), new WebSocketTransport(context.session), login)
        .ifPresent(session -> context.attribute(SESSION, session));
  }
}
