package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.core.document.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes connected clients as JSON. */
final class SubscriberJson {

  private SubscriberJson() {}

  static ArrayNode list(List<Subscriber> clients) {
    ArrayNode list = Json.object().arrayNode();
    clients.forEach(client -> list.add(of(client)));
    return list;
  }

  static ObjectNode of(Subscriber client) {
    ObjectNode json = Json.object();
    json.put("id", client.id());
    json.put("kind", kind(client.format()));
    json.put("source", client.peer().toString());
    json.put("connected", client.since().toString());
    client.login().ifPresent(login -> addAccess(login.access(), json));
    ArrayNode bindings = json.putArray("bindings");
    client.topics().forEach(topic -> bindings.add(topic.binding().text()));
    json.put("waiting", client.outbox().size());
    json.put("missed", client.outbox().lost());
    return json;
  }

  private static String kind(EventFormat format) {
    return switch (format) {
      case SOCKET -> "websocket";
      case STREAM -> "server-sent-events";
    };
  }

  private static void addAccess(Access access, ObjectNode json) {
    switch (access) {
      case Access.OfAccount owner -> json.put("account_id", owner.account().value());
      case Access.SuperAdmin all -> json.put("super_admin", true);
    }
  }
}
