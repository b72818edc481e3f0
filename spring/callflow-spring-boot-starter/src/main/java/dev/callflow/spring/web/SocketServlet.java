package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.access.Login;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.event.CloseReason;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Upgrades connections to WebSockets, on which clients subscribe to events. */
final class SocketServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Api api;
  private final transient MountPath mount;

  SocketServlet(Api api, MountPath mount) {
    this.api = api;
    this.mount = mount;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    ApiRequest head = ApiRequests.head(request, mount);
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      refuse(head, FailureCode.INVALID_ENVELOPE, "this path is for WebSockets only", response);
      return;
    }
    Optional<CloseReason> refusal = api.sockets().refusal(request.getRemoteAddr());
    if (refusal.isPresent()) {
      ApiRequests.write(api.refuse(head, refusal.get()), response);
      return;
    }
    String ticket = head.query().get("ticket");
    Optional<Login> login =
        Optional.ofNullable(ticket).flatMap(it -> api.redeem(it, request.getRemoteAddr()));
    if (ticket != null && login.isEmpty()) {
      refuse(
          head,
          FailureCode.INVALID_CREDENTIALS,
          "the ticket is unknown, used or expired",
          response);
      return;
    }
    upgrade(request, response, login);
  }

  private void refuse(
      ApiRequest head, FailureCode code, String message, HttpServletResponse response)
      throws IOException {
    ApiRequests.write(api.refuse(head, code, message), response);
  }

  private void upgrade(
      HttpServletRequest request, HttpServletResponse response, Optional<Login> login)
      throws ServletException, IOException {
    if (!(getServletContext().getAttribute(ServerContainer.class.getName())
        instanceof ServerContainer container)) {
      throw new ServletException("the servlet container has no WebSockets");
    }
    SubscriberEndpoint endpoint =
        new SubscriberEndpoint(api, request.getRemoteAddr(), request.getRemotePort(), login);
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(SubscriberEndpoint.class, mount.sockets())
            .configurator(new Given(endpoint))
            .subprotocols(subprotocols(request))
            .build();
    try {
      container.upgradeHttpToWebSocket(request, response, config, Map.of());
    } catch (DeploymentException e) {
      throw new ServletException("the connection cannot become a WebSocket", e);
    }
  }

  /** Returns the first subprotocol that a browser names, because it insists on one. */
  private static List<String> subprotocols(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Sec-WebSocket-Protocol"))
        .map(names -> List.of(names.split(",")[0].strip()))
        .orElseGet(List::of);
  }

  /** Gives the container the endpoint of one connection. */
  private static final class Given extends ServerEndpointConfig.Configurator {

    private final SubscriberEndpoint endpoint;

    Given(SubscriberEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(endpoint);
    }
  }
}
