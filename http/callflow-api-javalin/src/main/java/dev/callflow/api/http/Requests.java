package dev.callflow.api.http;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.StreamRequest;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves API requests. The token is checked before the body is read, so that only clients with a
 * valid token use memory, and no account more than its share.
 */
final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final Api api;
  private final HttpOptions options;
  private final RequestsInProgress inProgress;
  private final LargeRequests largeRequests;

  Requests(Api api, HttpOptions options) {
    this.api = api;
    this.options = options;
    inProgress = new RequestsInProgress(options.requests());
    largeRequests = new LargeRequests(api.time());
  }

  void serve(Context context) {
    context.attribute(RequestAttributes.SERVED, true);
    LimitedConnector.LimitedEndPoint connection = LimitedConnector.of(context.req());
    ApiRequest head = head(context);
    ApiReply reply =
        switch (api.admit(head)) {
          case Api.Admission.Refused(ApiReply refusal) -> {
            new RequestBody(context, connection, options, api.time()).discard();
            yield refusal;
          }
          case Api.Admission.Admitted admitted -> reply(context, connection, head, admitted);
        };
    write(context, connection, reply);
  }

  private ApiReply reply(
      Context context,
      LimitedConnector.LimitedEndPoint connection,
      ApiRequest head,
      Api.Admission.Admitted admitted) {
    RequestBody body = new RequestBody(context, connection, options, api.time());
    try (RequestsInProgress.Counted counted = inProgress.begin(admitted.accountKey())) {
      Optional<RequestsInProgress.Refusal> refusal = counted.refusal();
      RequestBody.Result result =
          refusal.isPresent()
              ? new RequestBody.Result.Refused(refusal.get().code(), refusal.get().message())
              : body.read(counted);
      return switch (result) {
        case RequestBody.Result.Read(String text) -> answer(admitted, text);
        case RequestBody.Result.Refused(FailureCode code, String message) -> {
          if (code != FailureCode.REQUEST_TIMEOUT && code != FailureCode.INVALID_ENVELOPE) {
            body.discard();
          }
          yield api.refuse(head, code, message);
        }
      };
    }
  }

  private ApiReply answer(Api.Admission.Admitted admitted, String body) {
    try {
      return largeRequests.answer(body, () -> api.answer(admitted, body));
    } catch (InterruptedException e) {
      // The server is stopping.
      Thread.currentThread().interrupt();
      return api.refuse(admitted.request(), FailureCode.OVERLOADED, "the server is stopping");
    }
  }

  /** Refuses a request that the server could not read. */
  void refuse(Context context, FailureCode failure) {
    write(
        context,
        LimitedConnector.of(context.req()),
        api.refuse(head(context), failure, failure.message()));
  }

  /**
   * Writes the refusal of a request to open a WebSocket; returns the exception that prevents the
   * upgrade.
   */
  HttpResponseException refuseUpgrade(Context context, CloseReason reason) {
    ApiReply reply = api.refuse(head(context), code(reason), reason.message());
    reply.headers().forEach(context.res()::setHeader);
    try {
      context.res().getOutputStream().write(reply.body());
    } catch (IOException e) {
      LOG.debug("a client has disconnected before it could be refused", e);
    }
    return new HttpResponseException(reply.status(), reason.message(), Map.of());
  }

  private static FailureCode code(CloseReason reason) {
    return reason.kind() == CloseReason.Kind.TOTAL_LIMIT
        ? FailureCode.OVERLOADED
        : FailureCode.TOO_MANY_REQUESTS;
  }

  private void write(Context context, LimitedConnector.LimitedEndPoint connection, ApiReply reply) {
    context.status(reply.status());
    reply.headers().forEach(context::header);
    if (reply.events().isEmpty() || context.method() == HandlerType.HEAD) {
      connection.responseBegins();
      context.result(reply.body());
      return;
    }
    StreamRequest stream = reply.events().get();
    Client client = Client.of(context.req(), options.proxies());
    Optional<CloseReason> refusal = ServerSentEvents.serve(context, api.sockets(), stream, client);
    refusal.ifPresent(reason ->
        write(context, connection, api.refuse(head(context), code(reason), reason.message())));
  }

  /** Returns the request without its body. */
  private ApiRequest head(Context context) {
    Map<String, String> query = new HashMap<>();
    context
        .queryParamMap()
        .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.getLast()));
    return new ApiRequest(
        context.method().name(),
        context.req().getRequestURI(),
        query,
        context.headerMap(),
        "",
        Client.of(context.req(), options.proxies()).host());
  }
}
