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

/** A client that watches: its topics, what waits for it, and the thread that sends it. */
final class Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
  private static final List<byte[]> HEARTBEAT = List.of(":\n\n".getBytes(StandardCharsets.UTF_8));

  /** Where a client is. */
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
  private final Inbox<Boolean> taken;
  private final SocketLimits limits;

  /** The client's access; written by the thread that reads from the client. */
  private volatile @Nullable Access access;

  /** Replaced as a whole under the lock of {@link EventHub}. */
  private volatile List<SubscriptionTopic> topics = List.of();

  Subscriber(
      Peer peer, EventFormat format, Transport transport, SocketLimits limits, TimeSource time) {
    this.peer = peer;
    this.format = format;
    this.transport = transport;
    this.limits = limits;
    since = time.now();
    outbox = new Outbox(time, limits.backlog().events());
    taken = time.inbox(1);
  }

  /**
   * Sends what waits until the client has gone; disconnects one that takes nothing for too long.
   */
  void run() {
    boolean isStream = format == EventFormat.STREAM;
    try {
      while (true) {
        List<byte[]> texts = outbox.take(isStream ? limits.silence().heartbeat() : BETWEEN_LOOKS);
        if (outbox.isClosed()) {
          return;
        }
        if (texts.isEmpty() && isStream) {
          texts = HEARTBEAT;
        }
        if (!texts.isEmpty()) {
          transport.send(texts, () -> taken.offer(true));
          if (taken.poll(limits.backlog().timeout()) == null) {
            disconnect("nothing was taken for " + limits.backlog().timeout().toSeconds() + " s");
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void reply(byte[] text) {
    if (!outbox.reply(text)) {
      disconnect("replies are not taken");
    }
  }

  private void disconnect(String why) {
    LOG.info("{} is disconnected: {}", peer, why);
    outbox.close();
    transport.abort();
  }

  /** The client has gone: nothing waits for it any more. */
  void gone() {
    outbox.close();
    taken.offer(true);
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

  void access(Access known) {
    access = known;
  }

  List<SubscriptionTopic> topics() {
    return topics;
  }

  void topics(List<SubscriptionTopic> now) {
    topics = List.copyOf(now);
  }
}
