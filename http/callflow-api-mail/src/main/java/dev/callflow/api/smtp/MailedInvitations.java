package dev.callflow.api.smtp;

import dev.callflow.api.mail.GuestInvitation;
import dev.callflow.api.mail.Invitations;
import dev.callflow.api.mail.MailAddresses;
import dev.callflow.core.time.TimeSource;
import dev.failsafe.Bulkhead;
import dev.failsafe.BulkheadFullException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.event.ExecutionScheduledEvent;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends invitations through a mail server. Each guest gets a separate email, so that no guest sees
 * the other addresses.
 *
 * <p>Safe for use by any thread. A limited number of emails wait in memory; they are lost when the
 * process ends. If the server is unreachable or temporarily refuses an email, the email is retried
 * at growing intervals until a deadline. Every outcome is reported. Log lines and reports contain
 * no addresses.
 */
public final class MailedInvitations implements Invitations, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MailedInvitations.class);

  /** The maximum number of simultaneous connections to the mail server. */
  private static final int MAX_CONNECTIONS = 4;

  /** Spreads retries, so that waiting emails do not all reach a recovering server at once. */
  private static final double JITTER = 0.2;

  /**
   * When and how many times sending an email is attempted.
   *
   * @param firstPause the pause after the first attempt; each later pause is twice as long as the
   *     one before
   * @param maxPause the maximum pause
   * @param attempts the maximum number of attempts
   */
  private record Retries(Duration firstPause, Duration maxPause, int attempts) {}

  private final Delivery.Sender sender;
  private final TimeSource time;
  private final InvitationTemplate template;
  private final Duration deadline;
  private final Semaphore room;
  private final Consumer<MailReport> reported;
  private final FailsafeTime scheduler;
  private final Retries retries;
  private final Bulkhead<Delivery> connections;
  private final Set<CompletableFuture<Delivery>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private MailedInvitations(Builder builder, Delivery.Sender sender) {
    this.sender = new MonitoredSender(sender, builder.server, builder.time, builder.attemptTimeout);
    retries = new Retries(builder.firstPause, builder.maxPause, builder.attempts);
    time = builder.time;
    template = builder.template;
    deadline = builder.deadline;
    room = new Semaphore(builder.capacity);
    reported = builder.reported;
    scheduler = new FailsafeTime(time);
    connections = Bulkhead.<Delivery>builder(MAX_CONNECTIONS).withMaxWaitTime(deadline).build();
  }

  /**
   * Returns a builder.
   *
   * @param server the mail server
   * @param from the sender's address, such as {@code Conferences <noreply@example.com>}
   * @param time the time source
   * @return a builder
   * @throws IllegalArgumentException if {@code from} is not an email address
   */
  public static Builder builder(MailServer server, String from, TimeSource time) {
    return new Builder(server, sender(from), time);
  }

  private static InternetAddress sender(String from) {
    try {
      InternetAddress address = new InternetAddress(from, true);
      if (MailAddresses.isGood(address.getAddress()) && !from.matches("(?s).*\\p{Cntrl}.*")) {
        return address;
      }
      throw new IllegalArgumentException("the sender must be an email address, but is " + from);
    } catch (AddressException e) {
      throw new IllegalArgumentException("the sender must be an email address, but is " + from, e);
    }
  }

  /** Configures and builds a sender of invitations. */
  public static final class Builder {

    private final MailServer server;
    private final InternetAddress from;
    private final TimeSource time;
    private InvitationTemplate template = InvitationTemplate.DEFAULT;
    private int capacity = 1_000;
    private Duration firstPause = Duration.ofSeconds(5);
    private Duration maxPause = Duration.ofMinutes(5);
    private int attempts = 10;
    private Duration attemptTimeout = Duration.ofMinutes(2);
    private Duration replyTimeout = Duration.ofSeconds(20);
    private Duration deadline = Duration.ofMinutes(30);
    private Consumer<MailReport> reported = report -> {};
    private @Nullable SSLContext trust;

    private Builder(MailServer server, InternetAddress from, TimeSource time) {
      this.server = server;
      this.from = from;
      this.time = time;
    }

    /**
     * Sets the template to use unless the account's configuration contains another.
     *
     * @param template the template; {@link InvitationTemplate#DEFAULT} by default
     * @return this builder
     */
    public Builder template(InvitationTemplate template) {
      this.template = template;
      return this;
    }

    /**
     * Sets the maximum number of emails that are waiting or being sent.
     *
     * @param capacity the maximum, at least 1; 1,000 by default
     * @return this builder
     */
    public Builder capacity(int capacity) {
      this.capacity = capacity;
      return this;
    }

    /**
     * Sets when and how many times sending an email is attempted. Each pause between attempts is
     * twice as long as the one before.
     *
     * @param firstPause the first pause; 5 seconds by default
     * @param maxPause the maximum pause, longer than the first; 5 minutes by default
     * @param attempts the maximum number of attempts; 10 by default
     * @return this builder
     */
    public Builder retries(Duration firstPause, Duration maxPause, int attempts) {
      this.firstPause = firstPause;
      this.maxPause = maxPause;
      this.attempts = attempts;
      return this;
    }

    /**
     * Sets how long after the request an email may still be sent; after that, it is given up.
     *
     * @param deadline the time since the request; 30 minutes by default
     * @return this builder
     */
    public Builder deadline(Duration deadline) {
      this.deadline = deadline;
      return this;
    }

    /**
     * Sets how long one attempt to send an email may take.
     *
     * @param timeout the timeout; 2 minutes by default
     * @return this builder
     */
    public Builder attempt(Duration timeout) {
      attemptTimeout = timeout;
      return this;
    }

    /**
     * Sets how long the mail server may take to accept a connection or to answer a command.
     *
     * @param timeout the timeout, at most 24 days; 20 seconds by default
     * @return this builder
     */
    public Builder reply(Duration timeout) {
      replyTimeout = timeout;
      return this;
    }

    /**
     * Sets a listener for reports on emails.
     *
     * @param listener the listener; called on internal threads, so it must not block; by default
     *     there is none
     * @return this builder
     */
    public Builder reported(Consumer<MailReport> listener) {
      reported = listener;
      return this;
    }

    /**
     * Sets the trusted certificates of mail servers for {@code smtp+starttls} and {@code smtps}.
     *
     * @param context the TLS context with the trusted certificates; the Java default if not set
     * @return this builder
     */
    public Builder trust(SSLContext context) {
      trust = context;
      return this;
    }

    /**
     * Builds the sender of invitations, without connecting to the mail server.
     *
     * @return the sender of invitations; close it to stop it
     */
    public MailedInvitations build() {
      return build(new SmtpSender(server, from, replyTimeout, trust));
    }

    MailedInvitations build(Delivery.Sender sender) {
      return new MailedInvitations(this, sender);
    }
  }

  @Override
  public boolean send(GuestInvitation invitation) {
    InvitationTemplate chosen = template(invitation);
    if (closed || !room.tryAcquire(invitation.guests().size())) {
      return false;
    }
    Instant until = time.now().plus(deadline);
    for (String guest : invitation.guests()) {
      send(invitation, chosen.mail(invitation, guest), until);
    }
    return true;
  }

  private InvitationTemplate template(GuestInvitation invitation) {
    try {
      return template.with(invitation.settings());
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "{}: using the default email template, because conferences.email_invite in the account's"
              + " configuration is invalid: {}",
          invitation.room(),
          e.getMessage());
      return template;
    }
  }

  private void send(GuestInvitation invitation, MailMessage mail, Instant until) {
    CompletableFuture<Delivery> sent = executor(invitation).getAsync(() -> deliver(mail, until));
    open.add(sent);
    sent.whenComplete((delivery, failure) -> {
      open.remove(sent);
      room.release();
      report(invitation, delivery, failure);
    });
    if (closed) {
      sent.cancel(false);
    }
  }

  private FailsafeExecutor<Delivery> executor(GuestInvitation invitation) {
    RetryPolicy<Delivery> policy =
        RetryPolicy.<Delivery>builder()
            .handleResultIf(Delivery::isWorthRetrying)
            .handle(BulkheadFullException.class)
            .withBackoff(retries.firstPause(), retries.maxPause())
            .withJitter(JITTER)
            .withMaxAttempts(retries.attempts())
            .onRetryScheduled(event -> delayed(invitation, event))
            .build();
    // The bulkhead is inside the retry policy, so that waiting emails occupy no connection.
    return Failsafe.with(policy, connections).with(scheduler);
  }

  private Delivery deliver(MailMessage mail, Instant until) {
    return time.now().isBefore(until)
        ? sender.deliver(mail)
        : new Delivery.PermanentFailure("the deadline has passed");
  }

  private void delayed(GuestInvitation invitation, ExecutionScheduledEvent<Delivery> event) {
    reported.accept(
        new MailReport.Delayed(
            invitation.room(),
            event.getAttemptCount(),
            reason(event.getLastResult(), event.getLastException())));
  }

  private void report(
      GuestInvitation invitation, @Nullable Delivery delivery, @Nullable Throwable failure) {
    if (delivery instanceof Delivery.Sent) {
      reported.accept(new MailReport.Sent(invitation.room()));
      return;
    }
    String reason = reason(delivery, failure);
    LOG.warn("{}: an invitation was not sent: {}", invitation.room(), reason);
    reported.accept(new MailReport.GivenUp(invitation.room(), reason));
  }

  private static String reason(@Nullable Delivery delivery, @Nullable Throwable failure) {
    return switch (delivery) {
      case Delivery.Unreachable(String reason) -> "the mail server cannot be reached: " + reason;
      case Delivery.TemporaryFailure(String reason) -> reason;
      case Delivery.PermanentFailure(String reason) -> reason;
      case Delivery.Sent sent -> "sent";
      case null ->
          switch (failure) {
            case BulkheadFullException e -> "too many emails are being sent";
            case CancellationException e -> "the sender was closed";
            case null -> "unknown";
            default -> failure.getClass().getSimpleName();
          };
    };
  }

  /** Stops all attempts and reports the waiting emails as given up. */
  @Override
  public void close() {
    closed = true;
    open.forEach(sent -> sent.cancel(false));
  }
}
