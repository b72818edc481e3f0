package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.http.HttpServer;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Events over WebSockets and Server-Sent Events on real connections
 * (docs/spec/events.md#websocket).
 */
class EventsOverHttpIT {

  private final ApiFixture fixture =
      new ApiFixture(
          TimeSource.system(), PatientServer.SOCKETS.clients(100, 3, 100).sent(4_096, 200, 50));
  private final HttpServer server = PatientServer.start(fixture.api);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
    http.shutdownNow();
  }

  /** A WebSocket client. */
  private final class Browser implements WebSocket.Listener {

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    Browser(String path, String... subprotocols) {
      WebSocket.Builder builder = http.newWebSocketBuilder();
      if (subprotocols.length > 0) {
        builder.subprotocols(
            subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
      }
      socket =
          builder
              .buildAsync(URI.create("ws://127.0.0.1:" + server.address().getPort() + path), this)
              .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        frames.add(Json.read(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.add(code);
      return null;
    }

    void send(String frame) {
      socket.sendText(frame.replace('\'', '"'), true).join();
    }

    JsonNode next() {
      return Eventually.next("a frame", frames);
    }

    JsonNode next(Predicate<JsonNode> condition) {
      JsonNode frame = next();
      while (!condition.test(frame)) {
        frame = next();
      }
      return frame;
    }
  }

  private static final String SUBSCRIBE =
      "{'action':'subscribe','auth_token':'acme-token','request_id':'1',"
          + "'data':{'account_id':'acme','bindings':['conference.event.red.*','conference.command.red']}}";

  @Test
  void aWebSocketSubscriberReceivesEvents() throws InterruptedException {
    Browser browser = new Browser("/");
    browser.send(SUBSCRIBE);
    assertThat(browser.next())
        .hasToString(
            "{\"action\":\"reply\",\"request_id\":\"1\",\"status\":\"success\","
                + "\"data\":{\"subscribed\":[\"conference.event.red.*\",\"conference.command.red\"]}}");
    fixture.ring("alice");
    JsonNode event = browser.next(it -> it.at("/data/event").asString("").equals("add-member"));
    assertThat(event.path("action").asString()).isEqualTo("event");
    assertThat(event.path("name").asString()).isEqualTo("participant_event");
    assertThat(event.at("/data/caller_id_name").asString()).isEqualTo("Caller alice");
  }

  @Test
  void aBrokenConnectionRemovesTheBindings() throws InterruptedException {
    Browser browser = new Browser("/websocket");
    browser.send(SUBSCRIBE);
    browser.next();
    assertThat(sockets()).isOne();
    browser.socket.abort();
    Eventually.holds("no socket is left", () -> sockets() == 0, this::sockets);
  }

  private int sockets() {
    return fixture.request("GET", "/websockets").data().size();
  }

  @Test
  void connectionsBeyondTheLimitOfAnAddressAreRefused() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      Browser browser = new Browser("/");
      browser.send("{'action':'noop','auth_token':'acme-token'}");
      browser.next();
    }
    assertThat(refusal(http.newWebSocketBuilder())).isEqualTo(429);
    assertThat(
            get("/v2/accounts/acme/conferences/red/events", "X-Auth-Token", "acme-token")
                .statusCode())
        .isEqualTo(429);
  }

  @Test
  void theFirstSubprotocolThatABrowserNamesIsSelected() throws InterruptedException {
    Browser browser = new Browser("/", "kazoo", "chat");
    assertThat(browser.socket.getSubprotocol()).isEqualTo("kazoo");
    browser.send("{'action':'ping','auth_token':'acme-token'}");
    assertThat(browser.next().at("/data/response").asString()).isEqualTo("pong");
  }

  @Test
  void aTicketOpensOneWebSocketWithoutATokenInAFrame() throws InterruptedException {
    String ticket = fixture.request("PUT", "/tickets").data().path("id").asString();
    Browser browser = new Browser("/?ticket=" + ticket);
    browser.send(
        "{'action':'subscribe','data':{'account_id':'acme','binding':'conference.event.red.*'}}");
    assertThat(browser.next().path("status").asString()).isEqualTo("success");
    assertThat(refusal(http.newWebSocketBuilder(), "/?ticket=" + ticket)).isEqualTo(401);
    assertThat(refusal(http.newWebSocketBuilder(), "/?ticket=")).isEqualTo(401);
  }

  private int refusal(WebSocket.Builder builder) {
    return refusal(builder, "/");
  }

  private int refusal(WebSocket.Builder builder, String path) {
    try {
      builder
          .buildAsync(
              URI.create("ws://127.0.0.1:" + server.address().getPort() + path),
              new WebSocket.Listener() {})
          .join();
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
    throw new AssertionError("the connection was not refused");
  }

  @Test
  void anOversizedFrameClosesTheSocket() throws InterruptedException {
    Browser browser = new Browser("/");
    browser.send("{'action':'" + "x".repeat(5_000) + "'}");
    assertThat(Eventually.next("the socket to close", browser.closed)).isEqualTo(1009);
  }

  @Test
  void aBinaryFrameClosesTheSocket() throws InterruptedException {
    Browser browser = new Browser("/");
    browser.socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
    assertThat(Eventually.next("the socket to close", browser.closed)).isEqualTo(1003);
  }

  @Test
  void aClientThatDoesNotReadIsDisconnected() throws InterruptedException {
    ApiFixture impatient =
        new ApiFixture(TimeSource.system(), PatientServer.SOCKETS.slow(10, Duration.ofMillis(500)));
    try (HttpServer other = PatientServer.start(impatient.api)) {
      BlockingQueue<Integer> opened = new LinkedBlockingQueue<>();
      WebSocket unread =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + other.address().getPort() + "/"),
                  new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket socket) {
                      // Requests no messages, so that the connection fills up.
                      opened.add(1);
                    }
                  })
              .join();
      assertThat(Eventually.next("the open socket", opened)).isOne();
      unread.sendText(SUBSCRIBE.replace('\'', '"'), true).join();
      Eventually.holds(
          "the socket is listed", () -> !impatient.request("GET", "/websockets").data().isEmpty());
      ControlRequest large =
          new ControlRequest(
              new RoomId(ApiFixture.ACME, "red"),
              new ControlRequest.Target.Conference(),
              "play",
              Json.object().put("media_id", "x".repeat(100_000)));
      Eventually.holds(
          "the socket is disconnected",
          () -> {
            impatient.api.sockets().performed(large);
            return impatient.request("GET", "/websockets").data().isEmpty();
          });
    }
  }

  @Test
  void aReturningStreamClientReceivesTheEventsThatItMissed()
      throws InterruptedException, IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = lines(get(EVENTS, "X-Auth-Token", "acme-token"))) {
      fixture.ring("alice");
      readUntil(reader, "event: conference-create", lines);
      readUntil(reader, "", lines);
    }
    assertThat(lines.get(0)).startsWith("id: ");
    assertThat(lines.get(2)).startsWith("data: {\"event\":\"conference-create\"");
    List<String> again = new ArrayList<>();
    HttpResponse<InputStream> second =
        get(
            EVENTS,
            "X-Auth-Token",
            "acme-token",
            "Last-Event-ID",
            lines.get(0).substring("id: ".length()));
    assertThat(second.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (BufferedReader reader = lines(second)) {
      readUntil(reader, "event: add-member", again);
    }
    assertThat(again).doesNotContain("event: conference-create");
  }

  private static final String EVENTS = "/v2/accounts/acme/conferences/red/events";

  private HttpResponse<InputStream> get(String path, String... headers)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path))
            .headers(headers)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader lines(HttpResponse<InputStream> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static void readUntil(BufferedReader reader, String last, List<String> lines)
      throws IOException {
    String line;
    do {
      line = reader.readLine();
      assertThat(line).isNotNull();
      lines.add(line);
    } while (!line.equals(last));
  }
}
