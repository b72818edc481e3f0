package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.access.Login;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.event.SubscriberSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket, on which a client subscribes to events. */
final class SubscriberEndpoint extends Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriberEndpoint.class);

  private final Api api;
  private final String host;
  private final int port;
  private final Optional<Login> login;
  private volatile @Nullable SubscriberSession subscriber;

  SubscriberEndpoint(Api api, String host, int port, Optional<Login> login) {
    this.api = api;
    this.host = host;
    this.port = port;
    this.login = login;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    SocketLimits limits = api.sockets().limits();
    session.setMaxTextMessageBufferSize(limits.frames().maxBytes());
    session.setMaxBinaryMessageBufferSize(limits.frames().maxBytes());
    session.setMaxIdleTimeout(limits.silence().idle().toMillis());
    session.getAsyncRemote().setSendTimeout(limits.backlog().timeout().toMillis());
    SocketTransport transport = new SocketTransport(session, api.time());
    session.addMessageHandler(
        ByteBuffer.class,
        frame ->
            transport.close(CloseReason.CloseCodes.CANNOT_ACCEPT, "only text frames are accepted"));
    api.sockets()
        .open(host, port, transport, login)
        .ifPresent(opened -> {
          subscriber = opened;
          session.addMessageHandler(String.class, (MessageHandler.Whole<String>) opened::receive);
        });
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    SubscriberSession opened = subscriber;
    if (opened != null) {
      opened.closed();
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    LOG.debug("a WebSocket has failed", failure);
  }
}
