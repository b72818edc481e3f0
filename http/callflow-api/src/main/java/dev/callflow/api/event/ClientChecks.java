package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.api.access.Login;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes clients that do not authenticate in time, and clients whose token has been revoked. One
 * timer serves all clients; it runs only while there are any.
 */
final class ClientChecks {

  private static final Logger LOG = LoggerFactory.getLogger(ClientChecks.class);
  private static final Duration MIN_DELAY = Duration.ofMillis(1);

  private final ConnectedClients clients;
  private final Authenticator authenticator;
  private final TimeSource time;
  private final SocketLimits.Authentication limits;
  private final BiConsumer<Subscriber, CloseReason> close;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean recheckRequested = new AtomicBoolean();
  private boolean scheduled;
  private volatile Instant nextRecheck;

  /**
   * @param close closes a client for a reason
   */
  ClientChecks(
      ConnectedClients clients,
      Authenticator authenticator,
      TimeSource time,
      SocketLimits.Authentication limits,
      BiConsumer<Subscriber, CloseReason> close) {
    this.clients = clients;
    this.authenticator = authenticator;
    this.time = time;
    this.limits = limits;
    this.close = close;
    nextRecheck = time.now().plus(limits.recheck());
  }

  /** Starts the timer unless it is already running. Call after a client has been added. */
  void watch() {
    lock.lock();
    try {
      if (!scheduled && !clients.isEmpty()) {
        scheduled = true;
        time.after(delay(), "client-checks", this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  private Duration delay() {
    Instant now = time.now();
    // A client that connects now must authenticate within the timeout, so never wait for longer.
    Instant latest = earlier(now.plus(limits.timeout()), nextRecheck);
    Instant next = clients.nextDeadline().map(it -> earlier(it, latest)).orElse(latest);
    Duration delay = Duration.between(now, next);
    return delay.compareTo(MIN_DELAY) < 0 ? MIN_DELAY : delay;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void run() {
    try {
      Instant now = time.now();
      clients.overdue(now).forEach(client -> close.accept(client, clients.late()));
      if (!now.isBefore(nextRecheck)) {
        recheck();
        nextRecheck = time.now().plus(limits.recheck());
      }
    } finally {
      lock.lock();
      try {
        scheduled = false;
      } finally {
        lock.unlock();
      }
      watch();
    }
  }

  /** Checks the tokens of all clients soon, on a thread of its own. Never blocks. */
  void recheckSoon() {
    if (recheckRequested.compareAndSet(false, true)) {
      time.start(
          "token-check",
          () -> {
            recheckRequested.set(false);
            recheck();
          });
    }
  }

  private void recheck() {
    for (Map.Entry<Login, List<Subscriber>> entry : clients.byLogin().entrySet()) {
      Login login = entry.getKey();
      Optional<Access> access;
      try {
        access = authenticator.authenticate(login.token());
      } catch (RuntimeException e) {
        LOG.warn(
            "cannot check whether the tokens of connected clients are still valid; trying again in"
                + " {} s",
            limits.recheck().toSeconds(),
            e);
        return;
      }
      if (!access.equals(Optional.of(login.access()))) {
        CloseReason revoked =
            new CloseReason(CloseReason.Kind.REVOKED, "the token is no longer valid");
        entry.getValue().forEach(client -> close.accept(client, revoked));
      }
    }
  }
}
