package dev.callflow.api.http;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.Login;
import dev.callflow.api.access.Scope;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.FileReply;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.StreamRequest;
import dev.callflow.api.server.LimitedApi;
import dev.callflow.api.server.QueryString;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves API requests. */
final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final Api api;
  private final HttpOptions options;
  private final LimitedApi requests;

  Requests(Api api, HttpOptions options) {
    this.api = api;
    this.options = options;
    requests = new LimitedApi(api, options.limits());
  }

  void serve(Context context) {
    context.attribute(RequestAttributes.SERVED, true);
    LimitedConnector.LimitedEndPoint connection = LimitedConnector.of(context.req());
    ApiRequest head = head(context);
    write(
        context,
        connection,
        requests.answer(
            head,
            new JettyBody(context, connection, options.requests().maxBytes(), api.time()),
            admitted -> note(context, admitted)));
  }

  /** Answers with a page, if it needs no token or the request has the right one. */
  void serve(Context context, HttpPage page) {
    context.attribute(RequestAttributes.SERVED, true);
    Optional<ApiReply> refusal = page.scope().flatMap(scope -> refusal(context, scope));
    refusal.ifPresentOrElse(
        reply -> write(context, LimitedConnector.of(context.req()), reply),
        () -> HttpServer.serve(context, page));
  }

  private Optional<ApiReply> refusal(Context context, Scope scope) {
    ApiRequest head = head(context);
    return switch (api.admit(head)) {
      case Api.Admission.Refused(ApiReply reply) -> Optional.of(reply);
      case Api.Admission.Admitted admitted -> {
        note(context, admitted);
        Optional<Access> access = admitted.login().map(Login::access);
        yield access.filter(it -> it instanceof Access.SuperAdmin && it.allows(scope)).isPresent()
            ? Optional.empty()
            : Optional.of(
                api.refuse(
                    head,
                    FailureCode.FORBIDDEN,
                    "needs the token of a super admin with the scope \"" + scope.key() + "\""));
      }
    };
  }

  /** Lets the access log name the token. */
  private static void note(Context context, Api.Admission.Admitted admitted) {
    admitted
        .login()
        .ifPresent(
            login -> context.req().setAttribute(RequestAttributes.TOKEN_ID, login.tokenId()));
  }

  /** Refuses a request that the server could not read. */
  void refuse(Context context, FailureCode failure) {
    refuse(context, failure, failure.message());
  }

  void refuse(Context context, FailureCode failure, String message) {
    write(context, LimitedConnector.of(context.req()), api.refuse(head(context), failure, message));
  }

  /** Returns the access that a ticket gives to a client, and uses the ticket up. */
  Optional<Login> redeem(String ticket, Client client) {
    return api.redeem(ticket, client.host());
  }

  /** As {@link #refuseUpgrade(Context, CloseReason)}, because a ticket is not valid. */
  HttpResponseException refuseTicket(Context context) {
    String message = "the ticket is unknown, used or expired";
    return refuseUpgrade(
        context, api.refuse(head(context), FailureCode.INVALID_CREDENTIALS, message), message);
  }

  /**
   * Writes the refusal of a request to open a WebSocket; returns the exception that prevents the
   * upgrade.
   */
  HttpResponseException refuseUpgrade(Context context, CloseReason reason) {
    return refuseUpgrade(context, api.refuse(head(context), reason), reason.message());
  }

  private static HttpResponseException refuseUpgrade(
      Context context, ApiReply reply, String message) {
    reply.headers().forEach(context.res()::setHeader);
    try {
      context.res().getOutputStream().write(reply.body());
    } catch (IOException e) {
      LOG.debug("a client has disconnected before it could be refused", e);
    }
    return new HttpResponseException(reply.status(), message, Map.of());
  }

  private void write(Context context, LimitedConnector.LimitedEndPoint connection, ApiReply reply) {
    context.status(reply.status());
    reply.headers().forEach(context::header);
    if (reply.file().isPresent()) {
      send(context, connection, reply.file().get());
      return;
    }
    if (reply.events().isEmpty() || context.method() == HandlerType.HEAD) {
      connection.responseBegins();
      context.result(reply.body());
      return;
    }
    StreamRequest stream = reply.events().get();
    Client client = Client.of(context.req(), options.proxies());
    Optional<CloseReason> refusal = ServerSentEvents.serve(context, api, stream, client);
    refusal.ifPresent(reason -> write(context, connection, api.refuse(head(context), reason)));
  }

  /** Sends a file. The client has the time of a response for each piece of it. */
  private static void send(
      Context context, LimitedConnector.LimitedEndPoint connection, FileReply file) {
    connection.responseBegins();
    context.res().setContentLengthLong(file.length());
    try (file) {
      if (context.method() != HandlerType.HEAD) {
        file.write(context.res().getOutputStream(), connection::responseBegins);
      }
    } catch (IOException e) {
      LOG.debug("a client has not received a file to its end", e);
    }
  }

  /** Returns the request without its body. */
  private ApiRequest head(Context context) {
    return new ApiRequest(
        context.method().name(),
        context.req().getRequestURI(),
        QueryString.parse(context.queryString()),
        context.headerMap(),
        "",
        Client.of(context.req(), options.proxies()).host());
  }
}
