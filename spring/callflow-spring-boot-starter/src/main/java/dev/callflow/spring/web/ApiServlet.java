package dev.callflow.spring.web;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.access.AddressGroup;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.answer.FileReply;
import dev.callflow.api.server.CountsByAddress;
import dev.callflow.api.server.IncomingBody;
import dev.callflow.api.server.LimitedApi;
import dev.callflow.api.server.RequestLimits;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Serves the API's requests. */
final class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Set<String> VERBS = Set.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE");

  private final transient Api api;
  private final transient MountPath mount;
  private final transient LimitedApi requests;
  private final transient CountsByAddress byAddress;
  private final transient EventStreams streams;

  ApiServlet(
      Api api, MountPath mount, RequestLimits limits, int maxOfAddress, EventStreams streams) {
    this.api = api;
    this.mount = mount;
    this.streams = streams;
    requests = new LimitedApi(api, limits);
    byAddress = new CountsByAddress(maxOfAddress);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApiRequest head = ApiRequests.head(request, mount);
    String address = AddressGroup.of(head.client());
    if (!byAddress.add(address)) {
      ApiRequests.write(
          api.refuse(
              head, FailureCode.TOO_MANY_REQUESTS, "too many requests of this address at once"),
          response);
      return;
    }
    try {
      serve(head, request, response);
    } finally {
      byAddress.remove(address);
    }
  }

  private void serve(ApiRequest head, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApiReply reply = reply(head, request);
    if (reply.file().isPresent()) {
      ApiRequests.head(reply, response);
      send(reply.file().get(), request, response);
    } else if (reply.events().isPresent() && !request.getMethod().equals("HEAD")) {
      streams.serve(head, reply, request, response);
    } else {
      ApiRequests.write(reply, response);
    }
  }

  private static void send(FileReply file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentLengthLong(file.length());
    try (file) {
      if (!request.getMethod().equals("HEAD")) {
        // The container closes a connection whose client does not read.
        file.write(response.getOutputStream(), () -> {});
      }
    }
  }

  private ApiReply reply(ApiRequest head, HttpServletRequest request) {
    if (!VERBS.contains(head.verb())) {
      return api.refuse(head, FailureCode.INVALID_METHOD, head.verb() + " is not supported");
    }
    return requests.answer(head, new ServletBody(request));
  }

  /** A body of which the servlet container limits how long a single read may take. */
  private record ServletBody(HttpServletRequest request) implements IncomingBody {

    @Override
    public long declaredLength() {
      return request.getContentLengthLong();
    }

    @Override
    public int read(byte[] buffer, Duration timeout) throws IOException {
      return request.getInputStream().read(buffer);
    }
  }
}
