package dev.callflow.api.http;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.openapi.OpenApiPages;
import io.javalin.Javalin;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the API over HTTP, each request on its own virtual thread.
 *
 * <p>A request body may be up to 4 MiB in size. At most 10,000 connections may be open.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private static final int MAX_BODY = 4 << 20;
  private static final int MAX_CONNECTIONS = 10_000;

  private static final List<HandlerType> VERBS =
      List.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.PUT,
          HandlerType.POST,
          HandlerType.PATCH,
          HandlerType.DELETE);

  private static final Map<Integer, FailureCode> UNREADABLE =
      Map.of(
          400, FailureCode.INVALID_ENVELOPE,
          404, FailureCode.BAD_IDENTIFIER,
          405, FailureCode.INVALID_METHOD,
          413, FailureCode.TOO_LARGE,
          500, FailureCode.INTERNAL);

  private final Javalin server;
  private final String host;

  private HttpServer(Javalin server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Starts a server.
   *
   * @param address the address to listen on; port 0 selects a free port
   * @param api the API to serve
   * @return the running server; close it to stop it
   */
  public static HttpServer start(InetSocketAddress address, Api api) {
    Javalin server =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.http.maxRequestSize = MAX_BODY;
          new WebSockets(api.sockets()).mount(config);
          config.jetty.modifyServer(
              jetty -> jetty.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, jetty)));
          VERBS.forEach(
              verb -> config.routes.addHttpHandler(verb, "/v2/*", context -> serve(context, api)));
          OpenApiPages pages = new OpenApiPages();
          for (String path : List.of("/openapi", "/openapi/*")) {
            config.routes.addHttpHandler(HandlerType.GET, path, context -> serve(context, pages));
          }
          // Replies to requests that the server itself refuses use the same envelope.
          UNREADABLE.forEach((status, failure) ->
              config.routes.error(
                  status,
                  context -> {
                    if (!context.attributeMap().containsKey(RequestAttributes.SERVED)) {
                      write(context, api, api.refuse(request(context, ""), failure));
                    }
                  }));
        });
    server.start(address.getHostString(), address.getPort());
    return new HttpServer(server, address.getHostString());
  }

  private static void serve(Context context, Api api) {
    String body = body(context);
    context.attribute(RequestAttributes.SERVED, true);
    write(context, api, api.answer(request(context, body)));
  }

  /** Reads the body; also limits a chunked body, whose length is not known in advance. */
  private static String body(Context context) {
    try {
      byte[] body = context.bodyInputStream().readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        throw new ContentTooLargeResponse();
      }
      return new String(body, StandardCharsets.UTF_8);
    } catch (IOException | HttpException.RuntimeException e) {
      LOG.debug("{} {}: cannot read the body", context.method(), context.path(), e);
      throw new BadRequestResponse();
    }
  }

  private static void serve(Context context, OpenApiPages pages) {
    pages
        .find(context.req().getRequestURI())
        .ifPresentOrElse(
            page ->
                context
                    .contentType(page.contentType())
                    .header("Content-Security-Policy", page.policy())
                    .header("X-Content-Type-Options", "nosniff")
                    .result(page.body()),
            () -> context.status(404));
  }

  private static ApiRequest request(Context context, String body) {
    Map<String, String> query = new HashMap<>();
    context
        .queryParamMap()
        .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.getLast()));
    return new ApiRequest(
        context.method().name(), context.req().getRequestURI(), query, context.headerMap(), body);
  }

  private static void write(Context context, Api api, ApiReply reply) {
    context.status(reply.status());
    reply.headers().forEach(context::header);
    if (reply.events().isEmpty() || context.method() == HandlerType.HEAD) {
      context.result(reply.body());
    } else if (!ServerSentEvents.serve(context, api.sockets(), reply.events().get())) {
      write(context, api, api.refuse(request(context, ""), FailureCode.TOO_MANY_REQUESTS));
    }
  }

  /**
   * Returns the address that the server listens on.
   *
   * @return the address with the actual port
   */
  public InetSocketAddress address() {
    return new InetSocketAddress(host, server.port());
  }

  @Override
  public void close() {
    server.stop();
  }
}
