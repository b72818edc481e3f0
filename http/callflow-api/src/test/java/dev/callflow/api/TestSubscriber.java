package dev.callflow.api;

import dev.callflow.api.event.CloseReason;
import dev.callflow.api.event.SubscriberSession;
import dev.callflow.api.event.Transport;
import dev.callflow.core.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A WebSocket client without a network, in virtual time. */
final class TestSubscriber implements Transport {

  final List<String> messages = new ArrayList<>();
  boolean aborted;

  /** The reason for which the server has closed the connection, if it has. */
  Optional<CloseReason> closed = Optional.empty();

  private final ApiFixture fixture;
  private boolean stoppedReading;
  private Runnable sent = () -> {};
  private final Optional<SubscriberSession> session;

  private TestSubscriber(ApiFixture fixture, String host) {
    this.fixture = fixture;
    session = fixture.api.sockets().open(host, 5_060, this);
  }

  static TestSubscriber connect(ApiFixture fixture) {
    return new TestSubscriber(fixture, "192.0.2.1");
  }

  static TestSubscriber connect(ApiFixture fixture, String host) {
    return new TestSubscriber(fixture, host);
  }

  /** Connects a client of the account acme and subscribes it to the bindings. */
  static TestSubscriber subscribed(ApiFixture fixture, String... bindings)
      throws InterruptedException {
    TestSubscriber subscriber = connect(fixture);
    subscriber.request("{'auth_token':'acme-token'}");
    subscriber.subscribe("acme-token", "acme", bindings);
    return subscriber;
  }

  JsonNode subscribe(String token, String account, String... bindings) throws InterruptedException {
    return request(
        "{'action':'subscribe','auth_token':'%s','data':{'account_id':'%s','bindings':['%s']}}"
            .formatted(token, account, String.join("','", bindings)));
  }

  void send(String frame) {
    session.orElseThrow().receive(frame.replace('\'', '"'));
  }

  /** Sends a frame and returns the reply. */
  JsonNode request(String frame) throws InterruptedException {
    int before = replies().size();
    send(frame);
    fixture.sleep(Duration.ofMillis(1));
    return replies().get(before);
  }

  /** Sends a frame and returns the errors in the reply. */
  List<String> errors(String frame) throws InterruptedException {
    JsonNode reply = request(frame);
    return reply.path("status").asString().equals("error")
        ? reply.at("/data/errors").values().stream().map(JsonNode::asString).toList()
        : List.of();
  }

  private Stream<JsonNode> frames(String action) {
    return messages.stream()
        .map(Json::read)
        .filter(frame -> frame.path("action").asString().equals(action));
  }

  List<JsonNode> replies() {
    return frames("reply").toList();
  }

  List<JsonNode> events() {
    return frames("event").toList();
  }

  /** Returns the kinds of the events received so far. */
  List<String> kinds() {
    return frames("event").map(frame -> frame.at("/data/event").asString("command")).toList();
  }

  List<JsonNode> missed() {
    return frames("missed").toList();
  }

  void stopReading() {
    stoppedReading = true;
  }

  void resumeReading() {
    stoppedReading = false;
    sent.run();
  }

  void disconnect() {
    session.orElseThrow().closed();
  }

  @Override
  public void send(List<byte[]> batch, Runnable then) {
    batch.forEach(it -> messages.add(new String(it, StandardCharsets.UTF_8)));
    sent = then;
    if (!stoppedReading) {
      then.run();
    }
  }

  @Override
  public void abort() {
    aborted = true;
    disconnect();
  }

  @Override
  public void close(CloseReason reason) {
    closed = Optional.of(reason);
  }

  /** Returns the status code and the reason of the close frame; empty if there was none. */
  String closeFrame() {
    return closed.map(it -> it.kind().closeCode() + " " + it.message()).orElse("");
  }
}
