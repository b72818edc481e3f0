package dev.callflow.api;

import dev.callflow.api.event.SubscriberSession;
import dev.callflow.api.event.Transport;
import dev.callflow.core.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A client at a WebSocket, in virtual time. */
final class Watcher implements Transport {

  final List<String> texts = new ArrayList<>();
  boolean aborted;
  private final Desk desk;
  private boolean takesNothing;
  private Runnable taken = () -> {};
  private final SubscriberSession socket;

  private Watcher(Desk desk, String host) {
    this.desk = desk;
    socket = desk.api.sockets().open(host, 5_060, this).orElseThrow();
  }

  static Watcher at(Desk desk) {
    return new Watcher(desk, "192.0.2.1");
  }

  static Watcher at(Desk desk, String host) {
    return new Watcher(desk, host);
  }

  /** One of acme who has bound something. */
  static Watcher of(Desk desk, String... bindings) throws InterruptedException {
    Watcher watcher = at(desk);
    watcher.ask("{'auth_token':'acme-token'}");
    watcher.subscribe("acme-token", "acme", bindings);
    return watcher;
  }

  JsonNode subscribe(String token, String account, String... bindings) throws InterruptedException {
    return ask(
        "{'action':'subscribe','auth_token':'%s','data':{'account_id':'%s','bindings':['%s']}}"
            .formatted(token, account, String.join("','", bindings)));
  }

  void send(String frame) {
    socket.receive(frame.replace('\'', '"'));
  }

  /** Sends a frame; returns the reply. */
  JsonNode ask(String frame) throws InterruptedException {
    int before = replies().size();
    send(frame);
    desk.sleep(Duration.ofMillis(1));
    return replies().get(before);
  }

  /** Sends a frame; returns the errors in the reply. */
  List<String> errors(String frame) throws InterruptedException {
    JsonNode reply = ask(frame);
    return reply.path("status").asString().equals("error")
        ? reply.at("/data/errors").values().stream().map(JsonNode::asString).toList()
        : List.of();
  }

  private Stream<JsonNode> frames(String action) {
    return texts.stream()
        .map(Json::read)
        .filter(frame -> frame.path("action").asString().equals(action));
  }

  List<JsonNode> replies() {
    return frames("reply").toList();
  }

  List<JsonNode> events() {
    return frames("event").toList();
  }

  /** The kinds of events so far. */
  List<String> kinds() {
    return frames("event").map(frame -> frame.at("/data/event").asString("command")).toList();
  }

  List<JsonNode> missed() {
    return frames("missed").toList();
  }

  void takeNothing() {
    takesNothing = true;
  }

  void takeAgain() {
    takesNothing = false;
    taken.run();
  }

  void leave() {
    socket.closed();
  }

  @Override
  public void send(List<byte[]> sent, Runnable then) {
    sent.forEach(text -> texts.add(new String(text, StandardCharsets.UTF_8)));
    taken = then;
    if (!takesNothing) {
      then.run();
    }
  }

  @Override
  public void abort() {
    aborted = true;
    socket.closed();
  }
}
