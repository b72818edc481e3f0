package dev.callflow.cli.client;

import dev.callflow.core.document.Json;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A WebSocket on which a host delivers events (docs/api.md#websockets). One thread reads. At most
 * {@link #MAX_WAITING} frames wait for it, so a slow reader fills no memory here.
 *
 * <p>A host that has nothing to say is asked for an answer from time to time, so that a connection
 * that was lost without a sign is noticed. The JDK's client loses the end of a connection that ends
 * before it has asked its transport for the next frame. It asks again at once while frames are
 * requested, so this is rare, but possible.
 */
final class EventSocket implements AutoCloseable {

  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** The time after which a host that was asked for an answer is taken for lost. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** The maximum number of frames that the reader has not taken. */
  private static final int MAX_WAITING = 8;

  /** The maximum number of events that are set aside while a subscription is answered. */
  private static final int MAX_ASIDE = 10_000;

  /** The maximum size of a frame, in characters. */
  private static final int MAX_FRAME = 4 << 20;

  /** The code with which the host closes a WebSocket whose token is no longer valid. */
  private static final int NO_ACCESS = 1008;

  private sealed interface Received {
    record Frame(String text) implements Received {}

    record Ended(HostException reason) implements Received {}
  }

  private final HostApi host;
  private final Inbox<Received> inbox;
  private final Deque<JsonNode> aside = new ArrayDeque<>();
  private final WebSocket socket;
  private int requests;

  /** Connects to a host. */
  EventSocket(HostApi host, TimeSource time) throws InterruptedException {
    this.host = host;
    inbox = time.inbox(MAX_WAITING);
    socket = host.webSocket(new Receiver(host, inbox));
  }

  /**
   * Subscribes to events of the account, and waits until the host has confirmed it.
   *
   * @param binding the binding
   * @param from the version after which the events follow; empty for those from now on
   */
  void subscribe(String binding, OptionalLong from) throws InterruptedException {
    String id = String.valueOf(++requests);
    ObjectNode request = Json.object().put("action", "subscribe").put("request_id", id);
    request.put("auth_token", host.token());
    ObjectNode data = request.putObject("data");
    data.put("account_id", host.account()).put("binding", binding);
    from.ifPresent(version -> data.put("from", version));
    send(request);
    while (true) {
      JsonNode frame = read(host.timeout());
      if (frame == null) {
        throw lost("it has not answered within " + host.timeout().toSeconds() + " seconds");
      }
      if (isReply(frame) && frame.path("request_id").asString("").equals(id)) {
        refuseErrors(frame);
        return;
      }
      if (aside.size() == MAX_ASIDE) {
        throw lost("it sent too many events before it answered");
      }
      aside.add(frame);
    }
  }

  private static boolean isReply(JsonNode frame) {
    return frame.path("action").asString("").equals("reply");
  }

  private void refuseErrors(JsonNode reply) {
    if (reply.path("status").asString("").equals("success")) {
      return;
    }
    String error = reply.at("/data/errors/0").asString("");
    // The text of this error contains the token.
    if (error.startsWith("failed to authenticate token")) {
      throw RefusedRequest.unknownToken();
    }
    if (error.startsWith("unauthorized")) {
      throw RefusedRequest.noAccess(host.account());
    }
    throw new HostException(
        error.contains("too many unknown tokens") || error.contains("rate limiting")
            ? HostException.Kind.BUSY
            : HostException.Kind.REFUSED,
        "the host refused to send events: " + error);
  }

  /** Waits for the next event, or notice of missed events. */
  JsonNode next() throws InterruptedException {
    JsonNode first = aside.poll();
    while (first == null) {
      JsonNode frame = read(SILENCE);
      if (frame == null) {
        send(Json.object().put("action", "ping"));
        frame = read(ANSWER);
      }
      if (frame == null) {
        throw lost("it no longer answers");
      }
      first = isReply(frame) ? null : frame;
    }
    return first;
  }

  private @Nullable JsonNode read(Duration timeout) throws InterruptedException {
    Received received = inbox.poll(timeout);
    return switch (received) {
      case null -> null;
      case Received.Ended(HostException reason) -> throw reason;
      case Received.Frame(String text) -> {
        socket.request(1);
        try {
          yield Json.read(text);
        } catch (JacksonException e) {
          throw lost("it sent something that is not JSON");
        }
      }
    };
  }

  private void send(ObjectNode frame) throws InterruptedException {
    host.await(socket.sendText(frame.toString(), true), host.timeout());
  }

  private HostException lost(String reason) {
    return lost(host, reason);
  }

  private static HostException lost(HostApi host, String reason) {
    return new HostException(
        HostException.Kind.BUSY, "the connection to " + host.host() + " was lost: " + reason);
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** Passes what the host sends to the thread that reads. */
  private static final class Receiver implements WebSocket.Listener {

    private final HostApi host;
    private final Inbox<Received> inbox;
    private final StringBuilder frame = new StringBuilder();

    Receiver(HostApi host, Inbox<Received> inbox) {
      this.host = host;
      this.inbox = inbox;
    }

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(MAX_WAITING);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      frame.append(data);
      if (frame.length() > MAX_FRAME) {
        end("it sent a frame that is too large");
        socket.abort();
      } else if (last) {
        inbox.offer(new Received.Frame(frame.toString()));
        frame.setLength(0);
      } else {
        socket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      if (code == NO_ACCESS) {
        inbox.close(
            new Received.Ended(
                new HostException(
                    HostException.Kind.NO_ACCESS, "the host closed the connection: " + reason)));
      } else {
        end(reason.isEmpty() ? "the host closed it" : reason);
      }
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end(error.getMessage() == null ? "it broke" : error.getMessage());
    }

    private void end(String reason) {
      inbox.close(new Received.Ended(lost(host, reason)));
    }
  }
}
