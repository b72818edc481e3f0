package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who watches: what he has bound, what waits for him, and the thread that sends it. */
final class Client {

  private static final Logger LOG = LoggerFactory.getLogger(Client.class);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final List<byte[]> HEARTBEAT = List.of(":\n\n".getBytes(StandardCharsets.UTF_8));

  private final String id;
  private final String host;
  private final int port;
  private final Form form;
  private final Instant since;
  private final Carrier carrier;
  private final Outbox outbox;
  private final Inbox<Boolean> taken;
  private final SocketLimits limits;

  /** Who he is; written by the thread that reads from him. */
  private volatile @Nullable Access access;

  /** Replaced as a whole under the lock of {@link EventSockets}. */
  private volatile List<Topic> bound = List.of();

  Client(
      String id,
      String host,
      int port,
      Form form,
      Carrier carrier,
      SocketLimits limits,
      TimeSource time) {
    this.id = id;
    this.host = host;
    this.port = port;
    this.form = form;
    this.carrier = carrier;
    this.limits = limits;
    since = time.now();
    outbox = new Outbox(time, limits.waiting());
    taken = time.inbox(1);
  }

  /** Sends what waits until he has gone; one who takes nothing for too long is sent away. */
  void run() {
    try {
      while (true) {
        List<byte[]> texts = outbox.take(form == Form.STREAM ? limits.heartbeat() : LONGEST);
        if (outbox.isClosed()) {
          return;
        }
        if (texts.isEmpty() && form == Form.STREAM) {
          texts = HEARTBEAT;
        }
        if (!texts.isEmpty()) {
          carrier.send(texts, () -> taken.offer(true));
          if (taken.poll(limits.patience()) == null) {
            disconnect("nothing was taken for " + limits.patience().toSeconds() + " s");
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
    LOG.info("{}:{} is disconnected: {}", host, port, why);
    outbox.close();
    carrier.abort();
  }

  /** He has gone: who waits for him need not any more. */
  void gone() {
    outbox.close();
    taken.offer(true);
  }

  String id() {
    return id;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Form form() {
    return form;
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

  List<Topic> bound() {
    return bound;
  }

  void bound(List<Topic> topics) {
    bound = List.copyOf(topics);
  }

  List<String> bindings() {
    return bound.stream().map(topic -> topic.binding().text()).toList();
  }
}
