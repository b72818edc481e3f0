package dev.callflow.api.smtp;

import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds a timeout to each attempt, and logs once when the mail server becomes unreachable and once
 * when it is reachable again.
 */
final class MonitoredSender implements Delivery.Sender {

  private static final Logger LOG = LoggerFactory.getLogger(MonitoredSender.class);

  private final Delivery.Sender sender;
  private final MailServer server;
  private final TimeSource time;
  private final Duration timeout;
  private final AtomicBoolean unreachable = new AtomicBoolean();

  MonitoredSender(Delivery.Sender sender, MailServer server, TimeSource time, Duration timeout) {
    this.sender = sender;
    this.server = server;
    this.time = time;
    this.timeout = timeout;
  }

  @Override
  public Delivery deliver(MailMessage mail) {
    Delivery delivery = deliverWithTimeout(mail);
    switch (delivery) {
      case Delivery.Unreachable(String reason) -> {
        if (unreachable.compareAndSet(false, true)) {
          LOG.warn("the mail server {} cannot be reached ({}); retrying", server, reason);
        }
      }
      case Delivery.Sent sent -> {
        if (unreachable.compareAndSet(true, false)) {
          LOG.info("the mail server {} can be reached again", server);
        }
      }
      case Delivery.TemporaryFailure(String reason) -> LOG.debug("{}: {}", server, reason);
      case Delivery.PermanentFailure(String reason) -> LOG.debug("{}: {}", server, reason);
    }
    return delivery;
  }

  /**
   * Limits the total time, because the library's timeout restarts with every byte that the server
   * sends.
   */
  private Delivery deliverWithTimeout(MailMessage mail) {
    Thread thread = Thread.currentThread();
    AtomicBoolean late = new AtomicBoolean();
    Timer timer =
        time.after(
            timeout,
            "mail timeout",
            () -> {
              late.set(true);
              thread.interrupt();
            });
    Delivery delivery = sender.deliver(mail);
    timer.cancel();
    return late.get() && !(delivery instanceof Delivery.Sent)
        ? new Delivery.TemporaryFailure("the mail server took too long")
        : delivery;
  }
}
