package dev.callflow.api.http;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Serves the API on a port; each request on a virtual thread of its own. */
public final class HttpServer implements AutoCloseable {

  private static final long LARGEST_BODY = 4 << 20;

  private final Javalin server;

  private HttpServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param address where; port 0 for any
   * @param api what is served
   * @return the server; close it to stop
   */
  public static HttpServer start(InetSocketAddress address, Api api) {
    Javalin server =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.http.maxRequestSize = LARGEST_BODY;
          for (HandlerType verb :
              new HandlerType[] {
                HandlerType.GET,
                HandlerType.PUT,
                HandlerType.POST,
                HandlerType.PATCH,
                HandlerType.DELETE
              }) {
            config.routes.addHttpHandler(verb, "/v2/*", context -> serve(context, api));
          }
        });
    server.start(address.getHostString(), address.getPort());
    return new HttpServer(server);
  }

  private static void serve(Context context, Api api) {
    Map<String, String> query = new HashMap<>();
    context
        .queryParamMap()
        .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.getLast()));
    ApiReply reply =
        api.answer(
            new ApiRequest(
                context.method().name(),
                context.req().getRequestURI(),
                query,
                context.headerMap(),
                context.body()));
    context.status(reply.status());
    reply.headers().forEach(context::header);
    context.result(reply.body());
  }

  /**
   * Returns where it is served.
   *
   * @return the port
   */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
