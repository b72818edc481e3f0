package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.answer.FailureCode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Serves the API's requests. The token is checked before the body is read, so that only clients
 * with a valid token use memory, and no account more than its share.
 */
final class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Set<String> VERBS = Set.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE");

  private final transient Api api;
  private final transient MountPath mount;
  private final transient BodyMemory memory;
  private final transient BodyReader bodies;
  private final transient LargeBodies largeBodies;
  private final transient EventStreams streams;

  ApiServlet(Api api, MountPath mount, RequestLimits limits, EventStreams streams) {
    this.api = api;
    this.mount = mount;
    this.streams = streams;
    memory = new BodyMemory(limits);
    bodies = new BodyReader(limits, api.time());
    largeBodies = new LargeBodies(api.time());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApiRequest head = ApiRequests.head(request, mount);
    ApiReply reply = reply(head, request);
    if (reply.events().isPresent() && !request.getMethod().equals("HEAD")) {
      streams.serve(head, reply, request, response);
    } else {
      ApiRequests.write(reply, response);
    }
  }

  private ApiReply reply(ApiRequest head, HttpServletRequest request) {
    if (!VERBS.contains(head.verb())) {
      return api.refuse(head, FailureCode.INVALID_METHOD, head.verb() + " is not supported");
    }
    return switch (api.admit(head)) {
      case Api.Admission.Refused(ApiReply refusal) -> refusal;
      case Api.Admission.Admitted admitted -> {
        try (BodyMemory.Share share = memory.begin(admitted.accountKey())) {
          yield switch (bodies.read(request, share)) {
            case BodyReader.Body.Complete(String text) -> answer(admitted, text);
            case BodyReader.Body.Refused(FailureCode code, String message) ->
                api.refuse(head, code, message);
          };
        }
      }
    };
  }

  private ApiReply answer(Api.Admission.Admitted admitted, String body) {
    try {
      return largeBodies.answer(body, () -> api.answer(admitted, body));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return api.refuse(admitted.request(), FailureCode.OVERLOADED, "the server is stopping");
    }
  }
}
