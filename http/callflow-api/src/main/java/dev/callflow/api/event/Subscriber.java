package dev.callflow.api.event;

import dev.callflow.api.access.Login;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscribed client, with its topics, its outbox and the loop that sends from it. */
final class Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  private static final Duration READ_TIMEOUT = Duration.ofHours(1);
  private static final List<byte[]> HEARTBEAT = List.of(":\n\n".getBytes(StandardCharsets.UTF_8));

  /** The address of a client; the port is 0 if it is unknown. */
  record Peer(String host, int port) {
    @Override
    public String toString() {
      return port == 0 ? host : host + ":" + port;
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
  private final TimeSource time;
  private final AtomicBoolean started = new AtomicBoolean();

  /** The client's access and token; changed only by {@link ConnectedClients}. */
  private volatile @Nullable Login login;

  /** The topics; the list is replaced as a whole under the lock of {@link EventHub}. */
  private volatile List<SubscriptionTopic> topics = List.of();

  Subscriber(
      Peer peer, EventFormat format, Transport transport, SocketLimits limits, TimeSource time) {
    this.peer = peer;
    this.format = format;
    this.transport = transport;
    this.limits = limits;
    this.time = time;
    since = time.now();
    outbox = new Outbox(time, limits.backlog().events());
    sent = time.inbox(1);
  }

  /**
   * Sends messages until the client has disconnected. Disconnects a client that reads nothing for
   * too long.
   */
  private void run() {
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

  /** Starts the thread that sends messages, unless it is already running. */
  void start() {
    if (started.compareAndSet(false, true)) {
      time.start("subscriber-" + id, this::run);
    }
  }

  void reply(byte[] message) {
    start();
    if (!outbox.reply(message)) {
      disconnect("the client does not read its replies");
    }
  }

  private void disconnect(String reason) {
    LOG.info("disconnecting {}: {}", peer, reason);
    outbox.close();
    transport.abort();
  }

  /** Closes the connection and sends the client the reason. */
  void close(CloseReason reason) {
    LOG.debug("closing {}: {}", peer, reason.message());
    outbox.close();
    transport.close(reason);
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

  Optional<Login> login() {
    return Optional.ofNullable(login);
  }

  void login(Login login) {
    this.login = login;
  }

  List<SubscriptionTopic> topics() {
    return topics;
  }

  void topics(List<SubscriptionTopic> topics) {
    this.topics = List.copyOf(topics);
  }
}
