package dev.callflow.api.event;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The formats in which events are written to clients. */
enum EventFormat {
  /** A frame of the WebSocket protocol (docs/spec/events.md#websocket). */
  SOCKET {
    @Override
    byte[] event(Subscription to, ConferenceEvent event, byte[] payload) {
      return frame(to, event.type().routingKey(), routingKey(event), payload);
    }

    @Override
    byte[] command(Subscription to, byte[] payload) {
      return frame(to, "command", to.key(), payload);
    }

    @Override
    byte[] missed(Subscription to, long count) {
      ObjectNode frame = Json.object();
      frame.put("action", "missed");
      frame.put("subscribed_key", to.text());
      frame.putObject("data").put("count", count);
      return json(frame);
    }
  },

  /** Server-Sent Events; the id of each is the version of the event. */
  STREAM {
    @Override
    byte[] event(Subscription to, ConferenceEvent event, byte[] payload) {
      return positioned(event.version(), event, payload);
    }

    @Override
    byte[] command(Subscription to, byte[] payload) {
      return joined("event: command\ndata: ", payload, "\n\n");
    }

    @Override
    byte[] missed(Subscription to, long count) {
      return joined("event: missed\ndata: ", json(Json.object().put("count", count)), "\n\n");
    }
  };

  /**
   * A binding within an account.
   *
   * @param account the account; {@code *} for all accounts
   * @param binding the binding
   */
  record Subscription(String account, Binding binding) {

    /** Returns the binding as the client wrote it. */
    String text() {
      return binding.text();
    }

    /** Returns a key that contains the account. */
    String key() {
      return binding.key(account);
    }
  }

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  abstract byte[] event(Subscription to, ConferenceEvent event, byte[] payload);

  abstract byte[] command(Subscription to, byte[] payload);

  /**
   * Writes a notice that the client has missed events; a count of 0 means that the number is
   * unknown.
   */
  abstract byte[] missed(Subscription to, long count);

  static byte[] json(JsonNode value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** Writes an event of a stream whose ids are positions. */
  static byte[] positioned(long position, ConferenceEvent event, byte[] payload) {
    return joined("id: " + position + "\nevent: " + event.name() + "\ndata: ", payload, "\n\n");
  }

  /** Writes a position without an event, which clients remember and do not show. */
  static byte[] position(long position) {
    return ("id: " + position + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] frame(Subscription to, String name, String routingKey, byte[] payload) {
    ObjectNode frame = Json.object();
    frame.put("action", "event");
    frame.put("subscribed_key", to.text());
    frame.put("subscription_key", to.key());
    frame.put("name", name);
    frame.put("routing_key", routingKey);
    String before = MAPPER.writeValueAsString(frame);
    return joined(before.substring(0, before.length() - 1) + ",\"data\":", payload, "}");
  }

  private static String routingKey(ConferenceEvent event) {
    return String.join(
        ".",
        "conference.event",
        event.name(),
        Binding.escaped(event.room().account().value()),
        Binding.escaped(event.room().conference()),
        Binding.escaped(event.callId().map(CallId::value).orElse(event.room().conference())));
  }

  private static byte[] joined(String before, byte[] payload, String after) {
    byte[] first = before.getBytes(StandardCharsets.UTF_8);
    byte[] last = after.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all =
        new ByteArrayOutputStream(first.length + payload.length + last.length);
    all.writeBytes(first);
    all.writeBytes(payload);
    all.writeBytes(last);
    return all.toByteArray();
  }
}
