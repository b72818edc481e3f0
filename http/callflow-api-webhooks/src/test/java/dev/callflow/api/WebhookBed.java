package dev.callflow.api;

import dev.callflow.api.delivery.WebhookDelivery;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** An API with webhooks, and a receiver to which the host may deliver. */
final class WebhookBed implements AutoCloseable {

  static final String SECRET = "a secret of the receiver";

  final TestReceiver receiver;
  final RecordStore records = new MemoryRecords();
  final ApiFixture fixture;
  private final List<WebhookDelivery> hosts = new ArrayList<>();
  private final UnaryOperator<WebhookDelivery.Builder> options;

  WebhookBed() {
    this(new VirtualTime(), TestReceiver.start(), builder -> builder);
  }

  WebhookBed(
      TimeSource time, TestReceiver receiver, UnaryOperator<WebhookDelivery.Builder> options) {
    this.receiver = receiver;
    this.options = options;
    fixture =
        new ApiFixture(time, (made, builder) -> builder.records(records).webhooks(host(made)));
  }

  private WebhookDelivery host(ApiFixture made) {
    WebhookDelivery host =
        options
            .apply(
                WebhookDelivery.builder(made.store, records, made.conferences, made.time)
                    .allow(List.of(receiver.target())))
            .start();
    hosts.add(host);
    return host;
  }

  /** Starts another host with the same store. */
  WebhookDelivery host() {
    return host(fixture);
  }

  /** Stops the hosts that have been started so far. */
  void stopHosts() {
    hosts.forEach(WebhookDelivery::close);
    hosts.clear();
  }

  /** Creates a webhook to the receiver; returns its id. */
  String create(String more) {
    return create(receiver.uri(), more);
  }

  String create(String uri, String more) {
    ApiFixture.Reply reply =
        fixture.request(
            "PUT", "/webhooks", "{'data':{'name':'Wallboard','uri':'" + uri + "'" + more + "}}");
    if (reply.status() != 201) {
      throw new AssertionError("the webhook was not created: " + reply.body());
    }
    return reply.data().path("id").asString();
  }

  List<JsonNode> attempts(String id) {
    return fixture.request("GET", "/webhooks/" + id + "/attempts").data().values().stream()
        .toList();
  }

  @Override
  public void close() {
    stopHosts();
    receiver.close();
  }
}
