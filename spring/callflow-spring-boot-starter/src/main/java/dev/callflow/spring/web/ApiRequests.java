package dev.callflow.spring.web;

import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        mount.pathOfApi(request).orElse(request.getRequestURI()),
        query(request.getQueryString()),
        headers,
        "",
        request.getRemoteAddr());
  }

  /** Parses the query here, because the container would also read parameters from the body. */
  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> query = new HashMap<>();
    for (String part : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = part.indexOf('=');
      query.put(
          decoded(equals < 0 ? part : part.substring(0, equals)),
          equals < 0 ? "" : decoded(part.substring(equals + 1)));
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
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
