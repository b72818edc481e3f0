package dev.callflow.cli.client;

import dev.callflow.core.document.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API of a host, as a client uses it (docs/api.md). Every request has a deadline; every failure
 * is a {@link HostException}.
 */
final class HostApi implements AutoCloseable {

  private final HttpClient client;
  private final Duration timeout;
  private final Duration connectTimeout;
  private final URI host;
  private final String account;
  private final String token;

  /**
   * Creates a client; connects to nothing yet.
   *
   * @param timeout how long the host may take to answer
   */
  HostApi(URI host, String account, String token, Duration timeout) {
    this.host = host;
    this.account = account;
    this.token = token;
    this.timeout = timeout;
    connectTimeout = timeout.dividedBy(3);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build();
  }

  Duration timeout() {
    return timeout;
  }

  URI host() {
    return host;
  }

  String account() {
    return account;
  }

  String token() {
    return token;
  }

  /** Returns the rooms that are running. */
  RunningRooms rooms() throws InterruptedException {
    JsonNode list = send("GET", "?running=true&paginate=false", Optional.empty(), timeout);
    List<ObjectNode> rows = new ArrayList<>();
    for (JsonNode row : list.path("data").values()) {
      if (row instanceof ObjectNode object) {
        rows.add(object);
      }
    }
    return new RunningRooms(rows, list.path("events_from").asLong(0));
  }

  /** Returns the data at a path below the conferences of the account. */
  JsonNode get(String... path) throws InterruptedException {
    return send("GET", joined(path), Optional.empty(), timeout).path("data");
  }

  /** Performs an action on what a path below the conferences of the account addresses. */
  JsonNode act(String action, ObjectNode data, String... path) throws InterruptedException {
    return act(action, data, Duration.ZERO, path);
  }

  /**
   * Performs an action that may take longer than others.
   *
   * @param longer how much longer
   */
  JsonNode act(String action, ObjectNode data, Duration longer, String... path)
      throws InterruptedException {
    ObjectNode body = Json.object().put("action", action);
    body.set("data", data);
    return send("PUT", joined(path), Optional.of(body), timeout.plus(longer)).path("data");
  }

  private static String joined(String... path) {
    return Stream.of(path)
        .map(part -> "/" + URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining());
  }

  private JsonNode send(String verb, String path, Optional<ObjectNode> body, Duration limit)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(host + "/v2/accounts" + joined(account) + "/conferences" + path))
            .header("X-Auth-Token", token)
            .method(
                verb,
                body.map(it -> BodyPublishers.ofString(it.toString()))
                    .orElseGet(BodyPublishers::noBody))
            .build();
    HttpResponse<String> response =
        await(client.sendAsync(request, BodyHandlers.ofString()), limit);
    JsonNode answer = read(response);
    if (response.statusCode() >= 300) {
      throw Refusal.of(
          response.statusCode(), answer, account, response.headers().firstValue("Retry-After"));
    }
    return answer;
  }

  private JsonNode read(HttpResponse<String> response) {
    try {
      JsonNode answer = Json.read(response.body());
      if (answer.has("status")) {
        return answer;
      }
    } catch (JacksonException e) {
      if (response.statusCode() >= 502 && response.statusCode() <= 504) {
        return Json.object().put("message", "status " + response.statusCode());
      }
    }
    throw new HostException(
        HostException.Kind.NO_HOST,
        host
            + " does not answer like a host (status "
            + response.statusCode()
            + "); is --host the address of its --http?");
  }

  /** Opens a WebSocket to the host. */
  WebSocket webSocket(WebSocket.Listener listener) throws InterruptedException {
    URI uri = URI.create(host.toString().replaceFirst("(?i)^http", "ws") + "/websocket");
    return await(
        client.newWebSocketBuilder().connectTimeout(timeout).buildAsync(uri, listener), timeout);
  }

  /** Waits for what has been sent, or for an answer. */
  <T> T await(CompletableFuture<T> pending, Duration limit) throws InterruptedException {
    try {
      return pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw noAnswer(limit, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private HostException failure(Throwable cause) {
    if (cause instanceof WebSocketHandshakeException refused) {
      return Refusal.of(
          refused.getResponse().statusCode(),
          Json.object().put("message", "status " + refused.getResponse().statusCode()),
          account,
          refused.getResponse().headers().firstValue("Retry-After"));
    }
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return new HostException(
          HostException.Kind.UNREACHABLE,
          "cannot reach the host at "
              + host
              + " ("
              + unreachable(cause)
              + "); does it run with --http, and is --host right?",
          cause);
    }
    if (cause instanceof HttpTimeoutException) {
      return noAnswer(timeout, cause);
    }
    if (cause instanceof IOException) {
      return new HostException(
          HostException.Kind.BUSY,
          "the connection to "
              + host
              + " was lost before an answer arrived; try again, and check that --host is the"
              + " address of its --http",
          cause);
    }
    throw new IllegalStateException(cause);
  }

  private HostException noAnswer(Duration limit, Throwable cause) {
    return new HostException(
        HostException.Kind.BUSY,
        "the host at "
            + host
            + " has not answered within "
            + limit.toSeconds()
            + " seconds; an action may have been performed. Look at the room, and try again",
        cause);
  }

  private String unreachable(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException) {
        return "the name cannot be resolved";
      }
    }
    return cause instanceof HttpConnectTimeoutException
        ? "no answer within " + connectTimeout.toSeconds() + " seconds"
        : "no connection";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
