package dev.callflow.spring.web;

import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.server.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Translates between the servlet container and the API. */
final class ApiRequests {

  private ApiRequests() {}

  /** Returns a request without its body, which is not read. */
  static ApiRequest head(HttpServletRequest request, MountPath mount) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, request.getHeader(name));
    }
    return new ApiRequest(
        request.getMethod(),
        mount.pathBelow(request).orElse(request.getRequestURI()),
        QueryString.parse(request.getQueryString()),
        headers,
        "",
        request.getRemoteAddr());
  }

  static void write(ApiReply reply, HttpServletResponse response) throws IOException {
    head(reply, response);
    response.setContentLength(reply.body().length);
    response.getOutputStream().write(reply.body());
  }

  static void head(ApiReply reply, HttpServletResponse response) {
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
  }
}
