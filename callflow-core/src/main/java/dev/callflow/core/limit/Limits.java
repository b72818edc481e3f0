package dev.callflow.core.limit;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.CallNumber;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.ParsedCallflow;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what each account uses, refuses what exceeds its limits, and decides which destinations it
 * may call. The engine and the conferences of a host must share one instance.
 *
 * <p>The limits are those of the host, overridden by {@code limits} in the configuration of the
 * system and of the account (docs/security.md#limits). They are read from the store by {@link
 * #account}; nothing else blocks. Accounts that use nothing take no memory.
 *
 * <p>Safe for use by any thread.
 */
public final class Limits {

  private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

  /** The shares of a maximum at which the account is warned, and at which it may be again. */
  private static final double HIGH = 0.8;

  private static final double LOW = 0.7;

  /** How often recordings that should have stopped are stopped again. */
  private static final Duration STOP_INTERVAL = Duration.ofSeconds(10);

  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

  private final DocumentStore store;
  private final TimeSource time;
  private final AccountLimits standard;
  private final ConfiguredLimits configured;
  private final Map<AccountId, Usage> usages = new ConcurrentHashMap<>();
  private final Map<Limit, LongAdder> refusals = new EnumMap<>(Limit.class);
  private final List<Consumer<LimitEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile Instant nextSweep = Instant.MIN;

  private Limits(DocumentStore store, TimeSource time, AccountLimits standard) {
    this.store = store;
    this.time = time;
    this.standard = standard;
    configured = new ConfiguredLimits(store, standard);
    for (Limit limit : Limit.values()) {
      refusals.put(limit, new LongAdder());
    }
  }

  /**
   * Creates limits.
   *
   * @param store the store of the accounts and their configuration
   * @param time the time source for periods
   * @param standard the limits of accounts for which nothing else is configured
   * @return the limits, with nothing in use
   */
  public static Limits of(DocumentStore store, TimeSource time, AccountLimits standard) {
    return new Limits(store, time, standard);
  }

  /**
   * Adds a listener.
   *
   * @param listener is called on a thread of its own, because the request that caused the event may
   *     hold a lock
   */
  public void listen(Consumer<LimitEvent> listener) {
    listeners.add(listener);
  }

  /**
   * Reads the limits of an account; blocks for as long as the store does. If the configuration
   * cannot be read, the account's last known limits apply, or those of the host.
   *
   * @param account the account
   * @return the account's limits at this time, for one request
   */
  public AccountQuota account(AccountId account) {
    Usage known = usages.get(account);
    try {
      return new AccountQuota(this, account, configured.of(account));
    } catch (StoreUnavailableException e) {
      LOG.warn("account {}: cannot read its limits; using the last known ones", account, e);
      return new AccountQuota(this, account, known == null ? standard : known.limits);
    }
  }

  /**
   * Counts something that is in use already, even if that exceeds the maximum; never blocks.
   *
   * @param account the account
   * @param limit the limit
   * @return the lease
   */
  public Lease count(AccountId account, Limit limit) {
    return change(
        account,
        (usage, events) -> {
          Lease lease = add(account, limit, usage);
          warnIfHigh(account, limit, usage, events);
          return lease;
        });
  }

  /**
   * Returns how much of a limit an account uses; never blocks.
   *
   * @param account the account
   * @param limit the limit
   * @return the number in use, or for {@link Limit#RECORDING_MINUTES} the complete minutes
   */
  public int used(AccountId account, Limit limit) {
    int[] used = {0};
    usages.computeIfPresent(
        account,
        (id, usage) -> {
          used[0] = usage.used(limit, time.now());
          return usage.isIdle(time.now()) ? null : usage;
        });
    return used[0];
  }

  /**
   * Returns how much of a limit all accounts together use; never blocks. Takes longer the more
   * accounts use something at the moment.
   *
   * @param limit the limit
   * @return the sum of what {@link #used(AccountId, Limit)} returns for each account
   */
  public long used(Limit limit) {
    return usages.keySet().stream().mapToLong(account -> used(account, limit)).sum();
  }

  /**
   * Returns how often a limit has been the reason for a refusal, or for stopping an account's
   * recordings; never blocks.
   *
   * @param limit the limit
   * @return the number since the limits were created, of all accounts together
   */
  public long refused(Limit limit) {
    return refusals(limit).sum();
  }

  private LongAdder refusals(Limit limit) {
    return Objects.requireNonNull(refusals.get(limit));
  }

  /**
   * Counts a recording that has started; never blocks.
   *
   * @param account the account
   * @param stop stops the recording; is called on a thread of its own when the account's minutes
   *     are used up, and again while the recording continues
   * @return the lease, to be closed when the recording has ended
   */
  public Lease recording(AccountId account, Runnable stop) {
    // A new object, because the set must not mistake two recordings for one.
    Runnable own = () -> stop.run();
    change(
        account,
        (usage, events) -> {
          usage.recorded(time.now());
          usage.recordings.add(own);
          watch(account, usage, events);
          return own;
        });
    return new Lease(() ->
        change(
            account,
            (usage, events) -> {
              usage.recorded(time.now());
              usage.recordings.remove(own);
              watch(account, usage, events);
              return own;
            }));
  }

  // ---- for AccountQuota

  Grant take(AccountId account, AccountLimits limits, Limit limit) {
    return change(
        account,
        (usage, events) -> {
          usage.limits = limits;
          if (usage.isReached(limit, time.now())) {
            refusals(limit).increment();
            reach(account, limit, usage, events);
            return new Grant.Reached(limit, usage.max(limit));
          }
          if (limit == Limit.RECORDING_MINUTES) {
            return new Grant.Granted(Lease.NONE);
          }
          Lease lease = add(account, limit, usage);
          warnIfHigh(account, limit, usage, events);
          return new Grant.Granted(lease);
        });
  }

  /** Returns why a number is refused; the account's own numbers are not. */
  Optional<DestinationRefusal> number(AccountId account, DestinationRules rules, String number) {
    return rules
        .number(number)
        .filter(refusal -> !rules.ownNumbers() || !hasNumber(account, number));
  }

  private boolean hasNumber(AccountId account, String number) {
    String dialled = CallNumber.normalise(number);
    return !dialled.equals(ParsedCallflow.NO_MATCH)
        && !store.withNumber(account, DocumentType.CALLFLOW, dialled).isEmpty();
  }

  // ---- counting

  private interface Step<T> {
    T run(Usage usage, List<LimitEvent> events);
  }

  /** Changes the usage of an account, and then reports the events. */
  private <T> T change(AccountId account, Step<T> step) {
    List<LimitEvent> events = new ArrayList<>(0);
    List<T> result = new ArrayList<>(1);
    usages.compute(
        account,
        (id, known) -> {
          Usage usage = known == null ? new Usage(standard) : known;
          result.add(step.run(usage, events));
          return usage.isIdle(time.now()) ? null : usage;
        });
    if (!events.isEmpty()) {
      time.start("limits-" + account, () -> events.forEach(this::report));
    }
    sweep();
    return result.getFirst();
  }

  private Lease add(AccountId account, Limit limit, Usage usage) {
    long second = usage.add(limit, time.now());
    return new Lease(() ->
        change(
            account,
            (later, events) -> {
              later.remove(limit, second);
              later.calm(limit, LOW, time.now());
              return limit;
            }));
  }

  private void warnIfHigh(AccountId account, Limit limit, Usage usage, List<LimitEvent> events) {
    Instant now = time.now();
    usage.calm(limit, LOW, now);
    int used = usage.used(limit, now);
    if (used > 0 && used >= HIGH * usage.max(limit) && usage.warn(limit)) {
      events.add(event(account, limit, LimitEvent.State.WARNING, usage));
    }
  }

  /** Returns whether the account has reached the limit for the first time since its use was low. */
  private boolean reach(AccountId account, Limit limit, Usage usage, List<LimitEvent> events) {
    boolean first = usage.reach(limit);
    if (first) {
      events.add(event(account, limit, LimitEvent.State.REACHED, usage));
    }
    return first;
  }

  private LimitEvent event(AccountId account, Limit limit, LimitEvent.State state, Usage usage) {
    return new LimitEvent(account, limit, state, usage.used(limit, time.now()), usage.max(limit));
  }

  private void report(LimitEvent event) {
    switch (event.state()) {
      case WARNING ->
          LOG.warn(
              "account {}: uses {} of {} {} ({})",
              event.account(),
              event.used(),
              event.max(),
              event.limit().words(),
              event.limit().key());
      case REACHED ->
          LOG.warn(
              "account {}: has reached its limit of {} {} ({})",
              event.account(),
              event.max(),
              event.limit().words(),
              event.limit().key());
    }
    for (Consumer<LimitEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a listener of limits failed", e);
      }
    }
  }

  /** Forgets accounts that were idle only after a while, such as a minute after their last dial. */
  private void sweep() {
    Instant now = time.now();
    if (now.isBefore(nextSweep)) {
      return;
    }
    nextSweep = now.plus(SWEEP_INTERVAL);
    usages
        .keySet()
        .forEach(account ->
            usages.computeIfPresent(account, (id, usage) -> usage.isIdle(now) ? null : usage));
  }

  // ---- recordings

  /** Warns about or stops the recordings, and arranges when to look again. */
  private void watch(AccountId account, Usage usage, List<LimitEvent> events) {
    Instant now = time.now();
    if (usage.recordingTimer != null) {
      usage.recordingTimer.cancel();
      usage.recordingTimer = null;
    }
    usage.calm(Limit.RECORDING_MINUTES, LOW, now);
    if (usage.recordings.isEmpty()) {
      return;
    }
    Duration next = usage.untilRecorded(1, now);
    if (next.isZero()) {
      if (reach(account, Limit.RECORDING_MINUTES, usage, events)) {
        refusals(Limit.RECORDING_MINUTES).increment();
      }
      // Listeners learn first that the limit is reached, and then that the recordings stop.
      usage.recordings.forEach(
          stop -> time.after(Duration.ZERO, "stop-recording-" + account, stop));
      next = STOP_INTERVAL;
    } else if (usage.untilRecorded(HIGH, now).isZero()) {
      if (usage.warn(Limit.RECORDING_MINUTES)) {
        events.add(event(account, Limit.RECORDING_MINUTES, LimitEvent.State.WARNING, usage));
      }
    } else {
      next = usage.untilRecorded(HIGH, now);
    }
    // A millisecond more, so that rounding cannot make it look too early again and again.
    usage.recordingTimer =
        time.after(
            next.plusMillis(1),
            "recordings-" + account,
            () ->
                change(
                    account,
                    (later, more) -> {
                      watch(account, later, more);
                      return account;
                    }));
  }
}
