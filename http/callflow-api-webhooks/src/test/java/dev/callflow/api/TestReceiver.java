package dev.callflow.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/** A server that receives events, on a port of the system. */
final class TestReceiver implements AutoCloseable {

  /** A request as it arrived. */
  record Received(String path, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    ObjectNode json() {
      return ApiFixture.json(body);
    }

    String event() {
      return json().path("event").asString();
    }
  }

  /** Answers a request that has been received. */
  @FunctionalInterface
  interface Answer {
    void answer(HttpExchange exchange) throws IOException;
  }

  static final Answer OK = status(204);

  final List<Received> received = new CopyOnWriteArrayList<>();
  volatile Answer answer = OK;
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private TestReceiver(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  static TestReceiver start() {
    try {
      return new TestReceiver(HttpServer.create(any(), 0), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestReceiver start(SSLContext tls) {
    try {
      HttpsServer server = HttpsServer.create(any(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      return new TestReceiver(server, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress any() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(String to) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", to);
      exchange.sendResponseHeaders(307, -1);
    };
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      received.add(
          new Received(
              exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
      answer.answer(exchange);
    }
  }

  String uri() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/events?key=of-the-receiver";
  }

  String target() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> events() {
    return received.stream().map(Received::event).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
