package dev.callflow.api.delivery;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.api.webhook.Webhooks;
import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.record.RecordStore;
import dev.callflow.core.time.TimeSource;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Delivers the events of conferences to the webhooks of their accounts (docs/howto/webhooks.md).
 *
 * <p>Safe for use by any thread. Events wait in the store of records, which several hosts may
 * share, and each arrives at least once; the events of one host arrive at a webhook in order. A
 * receiver that does not answer delays only its own events. Conferences never wait.
 */
public final class WebhookDelivery implements Webhooks, AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Tests, which are limited for each account, have connections of their own. */
  private static final int MAX_CONNECTIONS = 2 * Dispatcher.MAX_RUNS;

  private final TimeSource time;
  private final AllowedTargets allowed;
  private final HttpSender sender;
  private final DeliveryIds ids;
  private final DeliveryLog log;
  private final DeliveryQueues backlog;
  private final Intake intake;
  private final Dispatcher dispatcher;
  private final List<Subscription> subscriptions;

  private WebhookDelivery(Builder builder) {
    time = builder.time;
    allowed = AllowedTargets.of(builder.targets);
    sender =
        new HttpSender(
            new AddressLookup(allowed, builder.names, builder.timeout),
            builder.trust,
            MAX_CONNECTIONS,
            time,
            builder.timeout);
    EditableStore store = builder.store;
    ids = new DeliveryIds(time);
    log = new DeliveryLog(builder.records, time, ids);
    backlog = new DeliveryQueues(builder.records, time, log);
    HookIndex hooks = new HookIndex(store);
    HookRun run = new HookRun(store, backlog, sender, log, time);
    dispatcher = new Dispatcher(backlog, run, () -> prune(store), time);
    intake = new Intake(hooks, backlog, ids, time, dispatcher::wake);
    subscriptions =
        List.of(store.onChange(hooks::changed), builder.conferences.onEvent(intake::take));
    time.start("webhook-intake", intake::run);
    time.start("webhook-dispatcher", dispatcher::run);
  }

  private void prune(EditableStore store) {
    log.prune();
    backlog.prune(
        queue -> store.find(queue.account(), DocumentType.WEBHOOK, queue.hook()).isPresent());
  }

  /**
   * Returns a builder for deliveries.
   *
   * @param store the store that holds the webhooks
   * @param records the store that holds the events that wait, and the log
   * @param conferences the conferences whose events are delivered
   * @param time the time source
   * @return a builder
   */
  public static Builder builder(
      EditableStore store, RecordStore records, Conferences conferences, TimeSource time) {
    return new Builder(store, records, conferences, time);
  }

  @Override
  public Optional<String> refusal(URI target) {
    return allowed.refusal(target);
  }

  @Override
  public ObjectNode test(Webhook hook) {
    Instant begin = time.now();
    PendingDelivery delivery = new PendingDelivery(ids.next(), "test", payload(hook), 1);
    AttemptOutcome outcome = sender.send(hook, delivery);
    Attempt attempt = new Attempt(hook, delivery, outcome, begin, Optional.empty());
    log.add(attempt);
    if (outcome.arrived()) {
      backlog.retryNow(hook.account(), hook.id());
      dispatcher.wake();
    }
    return attempt.json();
  }

  @Override
  public void switchedOn(AccountId account, String id) {
    backlog.retryNow(account, id);
    dispatcher.wake();
  }

  private static ObjectNode payload(Webhook hook) {
    ObjectNode event = Json.object();
    event.put("event", "test");
    event.put("event_category", "conference");
    event.put("event_name", "test");
    event.put("app_name", "callflow");
    event.put("app_version", CallflowVersion.current());
    event.put("account_id", hook.account().value());
    return event;
  }

  /**
   * Stops. Events that have been published are stored before, and delivered by the next host, or by
   * another one with the same store; requests that are in progress are given up and repeated then.
   * Blocks for at most ten seconds.
   */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    dispatcher.stop();
    sender.close();
    try {
      intake.close(CLOSE_TIMEOUT);
      dispatcher.awaitEnd(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Configures and starts deliveries. */
  public static final class Builder {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final EditableStore store;
    private final RecordStore records;
    private final Conferences conferences;
    private final TimeSource time;
    private Collection<String> targets = List.of();
    private Duration timeout = TIMEOUT;
    private AddressLookup.Names names = InetAddress::getAllByName;
    private @Nullable SSLContext trust;

    private Builder(
        EditableStore store, RecordStore records, Conferences conferences, TimeSource time) {
      this.store = store;
      this.records = records;
      this.conferences = conferences;
      this.time = time;
    }

    /**
     * Sets the receivers that may have private addresses, and that may be called with http.
     *
     * @param targets names or addresses, each with a port or without one for all ports, for
     *     instance {@code hooks.example.com:8443}; by default only https URLs with public addresses
     *     are allowed
     * @return this builder
     */
    public Builder allow(Collection<String> targets) {
      this.targets = List.copyOf(targets);
      return this;
    }

    /**
     * Sets how long a request may take, from the lookup of the name to the status of the answer.
     *
     * @param timeout the time; 15 seconds by default
     * @return this builder
     * @throws IllegalArgumentException if the timeout is not positive or longer than 25 seconds
     */
    public Builder timeout(Duration timeout) {
      if (!timeout.isPositive() || timeout.compareTo(Duration.ofSeconds(25)) > 0) {
        throw new IllegalArgumentException(
            "the timeout of deliveries must be positive and at most 25 seconds, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Sets whose certificates are trusted.
     *
     * @param trust the context with the trusted certificates; those of the Java platform by default
     * @return this builder
     */
    public Builder trust(SSLContext trust) {
      this.trust = trust;
      return this;
    }

    /** Replaces the resolver of names. */
    Builder names(AddressLookup.Names names) {
      this.names = names;
      return this;
    }

    /**
     * Starts the deliveries.
     *
     * @return the running deliveries; close them to stop
     * @throws IllegalArgumentException if an allowed target is not a host with or without a port
     */
    public WebhookDelivery start() {
      return new WebhookDelivery(this);
    }
  }
}
