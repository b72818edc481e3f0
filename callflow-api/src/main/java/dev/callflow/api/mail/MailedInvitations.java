package dev.callflow.api.mail;

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
 * Sends invitations to a mail server: a separate mail to each guest, so that no guest sees who else
 * is invited.
 *
 * <p>Safe for use by any thread. Mails wait in memory, so many at most; what waits when the process
 * ends is lost. A server that is away, or refuses for now, is asked again, ever more rarely, until
 * a deadline. Everything is reported; no log line and no report has an address in it.
 */
public final class MailedInvitations implements Invitations, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MailedInvitations.class);

  /** So many connections to the mail server at once. */
  private static final int MAX_AT_ONCE = 4;

  /** Two servers that come back shall not be met by everybody at the same instant. */
  private static final double JITTER = 0.2;

  /**
   * How often a mail is tried.
   *
   * @param firstPause the pause after the first attempt; each later one is twice as long
   * @param maxPause the longest pause
   * @param attempts how often it is tried at most
   */
  private record Retries(Duration firstPause, Duration maxPause, int attempts) {}

  private final Delivery.Post post;
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

  private MailedInvitations(Builder builder, Delivery.Post post) {
    this.post = new WatchedPost(post, builder.server, builder.time, builder.attempt);
    retries = new Retries(builder.first, builder.longest, builder.attempts);
    time = builder.time;
    template = builder.template;
    deadline = builder.deadline;
    room = new Semaphore(builder.capacity);
    reported = builder.reported;
    scheduler = new FailsafeTime(time);
    connections = Bulkhead.<Delivery>builder(MAX_AT_ONCE).withMaxWaitTime(deadline).build();
  }

  /**
   * Begins to make what sends invitations.
   *
   * @param server the mail server
   * @param from who the mails are from, such as {@code Conferences <noreply@example.com>}
   * @param time the time source
   * @return a builder
   * @throws IllegalArgumentException if {@code from} is no address
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
      throw new IllegalArgumentException("the sender must be an address of mail: " + from);
    } catch (AddressException e) {
      throw new IllegalArgumentException("the sender must be an address of mail: " + from, e);
    }
  }

  /** Collects what it is made of. */
  public static final class Builder {

    private final MailServer server;
    private final InternetAddress from;
    private final TimeSource time;
    private InvitationTemplate template = InvitationTemplate.DEFAULT;
    private int capacity = 1_000;
    private Duration first = Duration.ofSeconds(5);
    private Duration longest = Duration.ofMinutes(5);
    private int attempts = 10;
    private Duration attempt = Duration.ofMinutes(2);
    private Duration deadline = Duration.ofMinutes(30);
    private Consumer<MailReport> reported = report -> {};
    private @Nullable SSLContext trust;

    private Builder(MailServer server, InternetAddress from, TimeSource time) {
      this.server = server;
      this.from = from;
      this.time = time;
    }

    /**
     * Sets what mails look like, where the account's configuration does not say.
     *
     * @param other {@link InvitationTemplate#DEFAULT} unless set
     * @return this builder
     */
    public Builder template(InvitationTemplate other) {
      template = other;
      return this;
    }

    /**
     * Sets how many mails may wait or be under way.
     *
     * @param most 1,000 unless set; at least 1
     * @return this builder
     */
    public Builder capacity(int most) {
      capacity = most;
      return this;
    }

    /**
     * Sets how often a mail is tried, and how long is waited in between: twice as long each time.
     *
     * @param after the first wait; 5 seconds unless set
     * @param most the longest wait; 5 minutes unless set; more than the first
     * @param times how often it is tried at most; 10 unless set
     * @return this builder
     */
    public Builder retries(Duration after, Duration most, int times) {
      first = after;
      longest = most;
      attempts = times;
      return this;
    }

    /**
     * Sets after how long a mail is not tried any more.
     *
     * @param maxWait 30 minutes unless set
     * @return this builder
     */
    public Builder deadline(Duration maxWait) {
      deadline = maxWait;
      return this;
    }

    /**
     * Sets how long the mail server may take for one mail.
     *
     * @param most two minutes unless set
     * @return this builder
     */
    public Builder attempt(Duration most) {
      attempt = most;
      return this;
    }

    /**
     * Sets the receiver of reports on mails.
     *
     * @param told nothing is reported unless set; called on threads of ours, and must not block
     * @return this builder
     */
    public Builder reported(Consumer<MailReport> told) {
      reported = told;
      return this;
    }

    /**
     * Sets which certificates of mail servers are trusted, for {@code smtp+starttls} and {@code
     * smtps}.
     *
     * @param context those that Java trusts unless set
     * @return this builder
     */
    public Builder trust(SSLContext context) {
      trust = context;
      return this;
    }

    /**
     * Makes it; the mail server is not asked yet.
     *
     * @return what sends invitations; close it to stop
     */
    public MailedInvitations build() {
      return build(new SmtpPost(server, from, trust));
    }

    MailedInvitations build(Delivery.Post post) {
      return new MailedInvitations(this, post);
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
          "{}: conferences.email_invite of the account's configuration is not used: {}",
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
      over(invitation, delivery, failure);
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
    // A connection is held while a mail is sent, and not while it waits to be tried again.
    return Failsafe.with(policy, connections).with(scheduler);
  }

  private Delivery deliver(MailMessage mail, Instant until) {
    return time.now().isBefore(until)
        ? post.deliver(mail)
        : new Delivery.Never("it has waited too long");
  }

  private void delayed(GuestInvitation invitation, ExecutionScheduledEvent<Delivery> event) {
    reported.accept(
        new MailReport.Delayed(
            invitation.room(),
            event.getAttemptCount(),
            why(event.getLastResult(), event.getLastException())));
  }

  private void over(
      GuestInvitation invitation, @Nullable Delivery delivery, @Nullable Throwable failure) {
    if (delivery instanceof Delivery.Sent) {
      reported.accept(new MailReport.Sent(invitation.room()));
      return;
    }
    String why = why(delivery, failure);
    LOG.warn("an invitation to {} was not sent: {}", invitation.room(), why);
    reported.accept(new MailReport.GivenUp(invitation.room(), why));
  }

  private static String why(@Nullable Delivery delivery, @Nullable Throwable failure) {
    return switch (delivery) {
      case Delivery.Away(String why) -> "the mail server cannot be reached: " + why;
      case Delivery.NotNow(String why) -> why;
      case Delivery.Never(String why) -> why;
      case Delivery.Sent sent -> "sent";
      case null ->
          switch (failure) {
            case BulkheadFullException e -> "too many mails are under way";
            case CancellationException e -> "we were stopped";
            case null -> "nothing is known";
            default -> failure.getClass().getSimpleName();
          };
    };
  }

  /** Tries nothing any more; what waits is reported as given up. */
  @Override
  public void close() {
    closed = true;
    open.forEach(sent -> sent.cancel(false));
  }
}
