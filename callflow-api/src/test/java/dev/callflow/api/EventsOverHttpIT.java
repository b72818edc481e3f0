package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.http.HttpServer;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
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
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events over real connections: WebSockets and Server-Sent Events (spec 7.2). */
class EventsOverHttpIT {

  private static final long LONG = 30;

  private final Desk desk =
      new Desk(TimeSource.system(), SocketLimits.STANDARD.clients(100, 3).sent(4_096, 200, 50));
  private final HttpServer server =
      HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), desk.api);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  /** Somebody at a WebSocket. */
  private final class Browser implements WebSocket.Listener {

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    Browser(String path) {
      socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), this)
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

    JsonNode next() throws InterruptedException {
      JsonNode frame = frames.poll(LONG, TimeUnit.SECONDS);
      assertThat(frame).as("a frame").isNotNull();
      return frame;
    }

    JsonNode next(Predicate<JsonNode> wanted) throws InterruptedException {
      JsonNode frame = next();
      while (!wanted.test(frame)) {
        frame = next();
      }
      return frame;
    }
  }

  private static final String SUBSCRIBE =
      "{'action':'subscribe','auth_token':'acme-token','request_id':'1',"
          + "'data':{'account_id':'acme','binding':'conference.event.red.*'}}";

  @Test
  void whoSubscribesAtAWebSocketIsToldWhatHappens() throws InterruptedException {
    Browser browser = new Browser("/");
    browser.send(SUBSCRIBE);
    assertThat(browser.next())
        .hasToString(
            "{\"action\":\"reply\",\"request_id\":\"1\",\"status\":\"success\","
                + "\"data\":{\"subscribed\":[\"conference.event.red.*\"]}}");
    desk.ring("alice");
    JsonNode event = browser.next(it -> it.at("/data/event").asString("").equals("add-member"));
    assertThat(event.path("action").asString()).isEqualTo("event");
    assertThat(event.path("name").asString()).isEqualTo("participant_event");
    assertThat(event.at("/data/caller_id_name").asString()).isEqualTo("Caller alice");
  }
}
