package com.example.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.callflow.core.document.Json;
import dev.callflow.host.Callflow;
import dev.callflow.host.Closed;
import dev.callflow.host.Closing;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The application as a whole, with its server, on a simulated FreeSWITCH. */
class WholeApplicationIT {

  private static final String STAFF = "b0a4d000000000000000000000000001";
  private static final String MD5_OF_ANNA = "12bf61e2e655631f5e0e89b7512021c3";
  private static final String CONFERENCE = "/callflow/v2/accounts/acme/conferences/" + STAFF;

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private SimulatedFreeSwitch freeSwitch;
  private ConfigurableApplicationContext application;
  private Callflow callflow;
  private String address;
  private HttpServer receiver;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws IOException {
    Path documents = folder.resolve("calls");
    FileSystemUtils.copyRecursively(Path.of("calls"), documents);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start();
    application =
        SpringApplication.run(
            CallsApplication.class,
            "--server.port=0",
            "--callflow.free-switch[0].address=127.0.0.1:" + freeSwitch.esl().getPort(),
            "--callflow.free-switch[0].password=ClueCon",
            "--callflow.listen=127.0.0.1:0",
            "--callflow.data=" + documents,
            "--callflow.position-key-file=" + folder.resolve("key"),
            "--callflow.webhooks.allow-to=127.0.0.1:" + receiver.getAddress().getPort(),
            "--callflow.closing-timeout=0s",
            "--callflow.api.max-body-size=10KB");
    callflow = application.getBean(Callflow.class);
    address = "127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    freeSwitch.handCallsTo(callflow.calls());
    assertThat(callflow.awaitConnected(Eventually.LIMIT)).isTrue();
  }

  @AfterEach
  void stop() {
    application.close();
    freeSwitch.close();
    receiver.stop(0);
    http.shutdownNow();
  }

  @Test
  void aCallIsVisibleOverRestAndInEventsUntilTheApplicationCloses() throws Exception {
    assertThat(get("/actuator/health/readiness").path("status").asString()).isEqualTo("UP");
    Subscriber socket = new Subscriber();
    BufferedReader stream = events();

    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
    Eventually.holds("alice is asked for the PIN", () -> !alice.heard().isEmpty(), alice::heard);
    alice.press("1234#");
    Eventually.holds("alice joins", () -> alice.awaitJoined(Duration.ZERO), alice::heard);

    Eventually.passes(() ->
        assertThat(get(CONFERENCE + "/participants").at("/data/0/caller_id_number").asString(""))
            .isEqualTo("1001"));
    assertThat(application.getBean(MeterRegistry.class).get("callflow.calls.live").gauge().value())
        .isEqualTo(1);
    assertThat(socket.next("add-member").at("/data/caller_id_name").asString()).isEqualTo("Alice");
    assertThat(next(stream, "add-member").path("caller_id_name").asString()).isEqualTo("Alice");

    application.close();

    while (stream.readLine() != null) {
      // The rest of the stream, which ends because the application closes.
    }
    Eventually.next("the end of the WebSocket", socket.closed);
    assertThat(callflow.close(Closing.HAND_OVER)).isEqualTo(new Closed(Closing.HAND_OVER, 1, 0));
    assertThat(freeSwitch.rooms()).hasSize(1);
  }

  @Test
  void requestsBeyondTheLimitsAreRefused() throws Exception {
    HttpRequest.Builder participants =
        HttpRequest.newBuilder(URI.create("http://" + address + CONFERENCE + "/participants"));
    assertThat(status(participants)).isEqualTo(401);
    participants.header("X-Auth-Token", "example-token");
    assertThat(status(participants)).isEqualTo(200);
    assertThat(status(participants.method("OPTIONS", HttpRequest.BodyPublishers.noBody())))
        .isEqualTo(405);
    assertThat(status(participants.PUT(HttpRequest.BodyPublishers.ofString("{")))).isEqualTo(400);
    String large = "{\"data\": \"" + "x".repeat(10_240) + "\"}";
    assertThat(status(participants.PUT(HttpRequest.BodyPublishers.ofString(large)))).isEqualTo(413);
    assertThat(
            status(
                participants.PUT(
                    HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString(large)))))
        .isEqualTo(413);
    URI socket = URI.create("http://" + address + "/callflow/websocket");
    assertThat(status(HttpRequest.newBuilder(socket))).isEqualTo(400);
  }

  @Test
  void theFirstSubprotocolThatABrowserNamesIsSelected() {
    assertThat(new Subscriber("kazoo", "chat").socket.getSubprotocol()).isEqualTo("kazoo");
    assertThat(new Subscriber().socket.getSubprotocol()).isEmpty();
  }

  @Test
  void theOpenApiDocumentAndItsPageAreBelowThePathOfTheApi() throws Exception {
    assertThat(get("/callflow/openapi").at("/servers/0/url").asString()).isEqualTo("/callflow");
    HttpResponse<String> page =
        http.send(request("/callflow/openapi/"), HttpResponse.BodyHandlers.ofString());
    assertThat(page.body()).contains("swagger-ui.css");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    for (String path : List.of("page.js", "swagger-ui.css", "swagger-ui-bundle.js")) {
      assertThat(status(HttpRequest.newBuilder(uri("/callflow/openapi/" + path)))).isEqualTo(200);
    }
    for (String path : List.of("openapi.json", "..%2fv2", "%2e%2e/application.yaml")) {
      assertThat(status(HttpRequest.newBuilder(uri("/callflow/openapi/" + path))))
          .isBetween(400, 404);
    }
  }

  @Test
  void theConsoleIsBelowThePathOfTheApi() throws Exception {
    HttpResponse<String> page =
        http.send(request("/callflow/console/"), HttpResponse.BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("main.js");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("default-src 'self'", "frame-ancestors 'none'"));
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    HttpResponse<String> folderOfThePage =
        http.send(request("/callflow/console"), HttpResponse.BodyHandlers.ofString());
    assertThat(folderOfThePage.statusCode()).isEqualTo(302);
    assertThat(folderOfThePage.headers().firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith("/callflow/console/"));
    for (String path : List.of("main.js", "theme.css", "icon.svg")) {
      assertThat(status(HttpRequest.newBuilder(uri("/callflow/console/" + path)))).isEqualTo(200);
    }
    assertThat(status(HttpRequest.newBuilder(uri("/callflow/console/files")))).isEqualTo(404);
  }

  @Test
  void aUserLogsInAndOpensStreamsWithTickets() throws Exception {
    JsonNode user =
        put(
            "/callflow/v2/accounts/acme/users",
            "example-token",
            """
            {"data": {"first_name": "Anna", "username": "anna", "password": "correct horse",
             "priv_level": "admin"}}
            """);
    assertThat(user.path("status").asString()).as("%s", user).isEqualTo("success");
    // The MD5 hash of anna:correct horse.
    JsonNode login =
        put(
            "/callflow/v2/user_auth",
            "",
            """
            {"data": {"credentials": "%s", "account_name": "acme"}}
            """
                .formatted(MD5_OF_ANNA));
    String token = login.path("auth_token").asString("");
    assertThat(token).as("%s", login).isNotEmpty();

    String ticket =
        put("/callflow/v2/accounts/acme/tickets", token, "").at("/data/id").asString("");
    assertThat(status(HttpRequest.newBuilder(uri(CONFERENCE + "/events")))).isEqualTo(401);
    HttpResponse<InputStream> stream =
        http.send(
            HttpRequest.newBuilder(uri(CONFERENCE + "/events?ticket=" + ticket)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    stream.body().close();
    assertThat(status(HttpRequest.newBuilder(uri(CONFERENCE + "/events?ticket=" + ticket))))
        .isEqualTo(401);

    String another =
        put("/callflow/v2/accounts/acme/tickets", token, "").at("/data/id").asString("");
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://" + address + "/callflow/websocket?ticket=" + another),
                new WebSocket.Listener() {})
            .join();
    assertThat(socket.isInputClosed()).isFalse();
    socket.abort();

    HttpRequest.Builder logout =
        HttpRequest.newBuilder(uri("/callflow/v2/token_auth")).header("X-Auth-Token", token);
    assertThat(status(logout.DELETE())).isEqualTo(200);
    assertThat(status(logout.GET())).isEqualTo(401);
  }

  @Test
  void webhooksCallsAndTheHistoryKnowWhatHappens() throws Exception {
    JsonNode webhook =
        put(
            "/callflow/v2/accounts/acme/webhooks",
            "example-token",
            """
            {"data": {"name": "Wallboard", "events": ["add-member"],
             "uri": "http://127.0.0.1:%d/events"}}
            """
                .formatted(receiver.getAddress().getPort()));
    assertThat(webhook.path("status").asString()).as("%s", webhook).isEqualTo("success");

    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");
    Eventually.holds("alice is asked for the PIN", () -> !alice.heard().isEmpty(), alice::heard);
    alice.press("1234#");

    assertThat(Eventually.next("the delivery", received).path("caller_id_number").asString())
        .isEqualTo("1001");
    JsonNode call = get("/callflow/v2/accounts/acme/calls").at("/data/0");
    assertThat(call.path("callflow_id").asString()).isEqualTo("staff");
    assertThat(call.path("module").asString()).isEqualTo("conference");

    alice.hangUp();
    Eventually.passes(() -> {
      assertThat(get("/callflow/v2/accounts/acme/calls").path("data").size()).isZero();
      assertThat(
              get("/callflow/v2/accounts/acme/history/calls")
                  .at("/data/0/caller_id_number")
                  .asString(""))
          .isEqualTo("1001");
    });
  }

  private void receive(HttpExchange request) throws IOException {
    received.add(
        Json.read(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    request.sendResponseHeaders(204, -1);
    request.close();
  }

  private JsonNode put(String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).PUT(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("X-Auth-Token", token);
    }
    return Json.read(http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
  }

  private URI uri(String path) {
    return URI.create("http://" + address + path);
  }

  private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return Json.read(http.send(request(path), HttpResponse.BodyHandlers.ofString()).body());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path))
        .header("X-Auth-Token", "example-token")
        .build();
  }

  private BufferedReader events() throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(request(CONFERENCE + "/events"), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** Returns the data of the next event with the name; waits for as long as it takes. */
  private static JsonNode next(BufferedReader stream, String event) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith("data:") && line.contains("\"" + event + "\"")) {
        return Json.read(line.substring("data:".length()));
      }
    }
    throw new AssertionError("the stream has ended without " + event);
  }

  /** A client that subscribes to the events of the conference over a WebSocket. */
  private final class Subscriber implements WebSocket.Listener {

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    Subscriber(String... protocols) {
      WebSocket.Builder builder = http.newWebSocketBuilder();
      if (protocols.length > 0) {
        builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
      }
      socket =
          builder.buildAsync(URI.create("ws://" + address + "/callflow/websocket"), this).join();
      socket
          .sendText(
              """
              {"action": "subscribe", "auth_token": "example-token", "request_id": "1",
               "data": {"account_id": "acme", "binding": "conference.event.%s.*"}}
              """
                  .formatted(STAFF),
              true)
          .join();
      assertThat(Eventually.next("the reply", frames).path("status").asString())
          .isEqualTo("success");
    }

    JsonNode next(String event) {
      JsonNode frame = Eventually.next("an event", frames);
      while (!frame.at("/data/event").asString("").equals(event)) {
        frame = Eventually.next("an event", frames);
      }
      return frame;
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

    @Override
    public void onError(WebSocket from, Throwable failure) {
      closed.add(-1);
    }
  }
}
