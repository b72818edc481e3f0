package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscribed client, with its topics, its outbox and the loop that sends from it. */
final class Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  private static final Duration READ_TIMEOUT = Duration.ofHours(1);
  private static final List<byte[]> HEARTBEAT = List.of(":\n\n".getBytes(StandardCharsets.UTF_8));

  /** The address of a client. */
  record Peer(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private final String id = UUID.randomUUID().toString().replace("-", "");
  private final Peer peer;
  private final EventFormat format;
  private final Instant since;
  private final Transport transport;
  private final Outbox outbox;
  private final Inbox<Boolean> sent;
  private final SocketLimits limits;

  /** The client's access; written by the thread that reads from the client. */
  private volatile @Nullable Access access;

  /** The topics; the list is replaced as a whole under the lock of {@link EventHub}. */
  private volatile List<SubscriptionTopic> topics = List.of();

  Subscriber(
      Peer peer, EventFormat format, Transport transport, SocketLimits limits, TimeSource time) {
    this.peer = peer;
    this.format = format;
    this.transport = transport;
    this.limits = limits;
    since = time.now();
    outbox = new Outbox(time, limits.backlog().events());
    sent = time.inbox(1);
  }

  /**
   * Sends messages until the client has disconnected. Disconnects a client that reads nothing for
   * too long.
   */
  void run() {
    boolean isStream = format == EventFormat.STREAM;
    try {
      while (true) {
        List<byte[]> messages = outbox.take(isStream ? limits.silence().heartbeat() : READ_TIMEOUT);
        if (outbox.isClosed()) {
          return;
        }
        if (messages.isEmpty() && isStream) {
          messages = HEARTBEAT;
        }
        if (!messages.isEmpty()) {
          transport.send(messages, () -> sent.offer(true));
          if (sent.poll(limits.backlog().timeout()) == null) {
            disconnect(
                "the client has read nothing for " + limits.backlog().timeout().toSeconds() + " s");
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void reply(byte[] message) {
    if (!outbox.reply(message)) {
      disconnect("the client does not read its replies");
    }
  }

  private void disconnect(String reason) {
    LOG.info("disconnecting {}: {}", peer, reason);
    outbox.close();
    transport.abort();
  }

  /** Discards the waiting messages after the client has disconnected. */
  void gone() {
    outbox.close();
    sent.offer(true);
  }

  String id() {
    return id;
  }

  Peer peer() {
    return peer;
  }

  EventFormat format() {
    return format;
  }

  Instant since() {
    return since;
  }

  Outbox outbox() {
    return outbox;
  }

  Optional<Access> access() {
    return Optional.ofNullable(access);
  }

  void access(Access access) {
    this.access = access;
  }

  List<SubscriptionTopic> topics() {
    return topics;
  }

  void topics(List<SubscriptionTopic> topics) {
    this.topics = List.copyOf(topics);
  }
}
