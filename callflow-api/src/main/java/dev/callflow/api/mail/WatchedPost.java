package dev.callflow.api.mail;

import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A post with a deadline for each mail. Says once that the mail server is away, and once that it is
 * back.
 */
final class WatchedPost implements Delivery.Post {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedPost.class);

  private final Delivery.Post post;
  private final MailServer server;
  private final TimeSource time;
  private final Duration timeout;
  private final AtomicBoolean away = new AtomicBoolean();

  WatchedPost(Delivery.Post post, MailServer server, TimeSource time, Duration timeout) {
    this.post = post;
    this.server = server;
    this.time = time;
    this.timeout = timeout;
  }

  @Override
  public Delivery deliver(MailMessage mail) {
    Delivery delivery = inTime(mail);
    switch (delivery) {
      case Delivery.Away(String why) -> {
        if (away.compareAndSet(false, true)) {
          LOG.warn("the mail server {} cannot be reached ({}); trying on", server, why);
        }
      }
      case Delivery.Sent sent -> {
        if (away.compareAndSet(true, false)) {
          LOG.info("the mail server {} can be reached again", server);
        }
      }
      case Delivery.NotNow(String why) -> LOG.debug("{}: {}", server, why);
      case Delivery.Never(String why) -> LOG.debug("{}: {}", server, why);
    }
    return delivery;
  }

  /** The library has a timeout for each answer; a server that sends drop by drop would hold us. */
  private Delivery inTime(MailMessage mail) {
    Thread sender = Thread.currentThread();
    AtomicBoolean late = new AtomicBoolean();
    Timer limit =
        time.after(
            timeout,
            "mail limit",
            () -> {
              late.set(true);
              sender.interrupt();
            });
    Delivery delivery = post.deliver(mail);
    limit.cancel();
    return late.get() && !(delivery instanceof Delivery.Sent)
        ? new Delivery.NotNow("the mail server has taken too long")
        : delivery;
  }
}
