package dev.callflow.api.http;

import dev.callflow.api.Api;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.page.Page;
import dev.callflow.api.page.Pages;
import dev.callflow.core.time.TimeSource;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.server.NetworkConnectionLimit;

/**
 * Serves the API over HTTP, each request on its own virtual thread.
 *
 * <p>{@link HttpOptions} limits the connections, the sizes of requests, and the times in which they
 * must arrive.
 */
public final class HttpServer implements AutoCloseable {

  private static final List<HandlerType> VERBS =
      List.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.PUT,
          HandlerType.POST,
          HandlerType.PATCH,
          HandlerType.DELETE);

  /** The paths of the API; {@code /v1} is the name that older clients of Kazoo use. */
  private static final List<String> PATHS = List.of("/v2/*", "/v1/*");

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
   * Starts a server with the default options.
   *
   * @param address the address to listen on; port 0 selects a free port
   * @param api the API to serve
   * @return the running server; close it to stop it
   */
  public static HttpServer start(InetSocketAddress address, Api api) {
    return start(address, api, HttpOptions.STANDARD);
  }

  /**
   * Starts a server.
   *
   * @param address the address to listen on; port 0 selects a free port
   * @param api the API to serve
   * @param options the options
   * @return the running server; close it to stop it
   */
  public static HttpServer start(InetSocketAddress address, Api api, HttpOptions options) {
    return start(address, api, options, List.of());
  }

  /**
   * Starts a server that also has pages outside of the API.
   *
   * @param address the address to listen on; port 0 selects a free port
   * @param api the API to serve
   * @param options the options
   * @param pages the pages
   * @return the running server; close it to stop it
   */
  public static HttpServer start(
      InetSocketAddress address, Api api, HttpOptions options, List<HttpPage> pages) {
    return start(address, api, options, pages, new Pages());
  }

  /**
   * Starts a server that also has pages outside of the API.
   *
   * @param address the address to listen on; port 0 selects a free port
   * @param api the API to serve
   * @param options the options
   * @param pages pages of the application
   * @param files the OpenAPI document, the console and similar pages
   * @return the running server; close it to stop it
   */
  public static HttpServer start(
      InetSocketAddress address, Api api, HttpOptions options, List<HttpPage> pages, Pages files) {
    Requests requests = new Requests(api, options);
    return start(
        address,
        options,
        api.time(),
        config -> {
          config.http.maxRequestSize = options.requests().maxBytes();
          new WebSockets(api.sockets(), options.proxies(), requests).mount(config);
          for (String path : PATHS) {
            VERBS.forEach(verb -> config.routes.addHttpHandler(verb, path, requests::serve));
          }
          new CrossOrigin(options.origins(), requests).mount(config, PATHS);
          for (String root : files.roots()) {
            for (String path : List.of(root, root + "/*")) {
              config.routes.addHttpHandler(HandlerType.GET, path, context -> serve(context, files));
            }
          }
          mount(pages, config, requests::serve);
          // Replies to requests that the server itself refuses use the same envelope.
          UNREADABLE.forEach((status, failure) ->
              config.routes.error(
                  status,
                  context -> {
                    if (!context.attributeMap().containsKey(RequestAttributes.SERVED)) {
                      requests.refuse(context, failure);
                    }
                  }));
        });
  }

  /**
   * Starts a server that has pages only, without an API. It knows no tokens: every client that
   * reaches the address can read all pages.
   *
   * @param address the address to listen on; port 0 selects a free port
   * @param pages the pages
   * @param options the options
   * @param time the time source, by which slow connections are closed
   * @return the running server; close it to stop it
   */
  public static HttpServer startPages(
      InetSocketAddress address, List<HttpPage> pages, HttpOptions options, TimeSource time) {
    return start(address, options, time, config -> mount(pages, config, HttpServer::serve));
  }

  private static HttpServer start(
      InetSocketAddress address,
      HttpOptions options,
      TimeSource time,
      Consumer<JavalinConfig> routes) {
    Javalin server =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.jetty.addConnector((jetty, configuration) ->
              new LimitedConnector(jetty, configuration, address, options, time));
          config.jetty.modifyServletContextHandler(
              handler -> handler.setSessionHandler(new NoSessions()));
          config.jetty.modifyServer(jetty -> {
            jetty.setHandler(new RequestPhases(time));
            jetty.setRequestLog(new AccessLog(options.proxies(), time));
            jetty.addBean(new NetworkConnectionLimit(options.connections().max(), jetty));
          });
          routes.accept(config);
        });
    server.start();
    return new HttpServer(server, address.getHostString());
  }

  private static void mount(
      List<HttpPage> pages, JavalinConfig config, BiConsumer<Context, HttpPage> serve) {
    for (HttpPage page : pages) {
      for (HandlerType verb : List.of(HandlerType.GET, HandlerType.HEAD)) {
        config.routes.addHttpHandler(verb, page.path(), context -> serve.accept(context, page));
      }
    }
  }

  /** Answers with a page, whatever it contains. */
  static void serve(Context context, HttpPage page) {
    HttpPage.Content content = page.content().get();
    LimitedConnector.of(context.req()).responseBegins();
    context
        .status(content.status())
        .contentType(content.contentType())
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .result(content.text());
  }

  private static void serve(Context context, Pages files) {
    LimitedConnector.of(context.req()).responseBegins();
    String path = context.req().getRequestURI();
    Optional<Page> page = files.find(path);
    if (page.isPresent()) {
      page.get().headers().forEach(context::header);
      context.contentType(page.get().contentType()).result(page.get().body());
    } else if (files.find(path + "/").isPresent()) {
      // The links of a page are relative to its folder.
      context.redirect(path + "/");
    } else {
      context.status(404);
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
